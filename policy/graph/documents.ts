/** One statement of a policy document. Source: IAM User Guide, "IAM JSON policy elements". */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: string | Record<string, string | string[]>;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** @returns the statements of a policy document in JSON; undefined if the text is not one. */
export function parseStatements(text: unknown): Statement[] | undefined {
  if (typeof text !== "string" || !text.includes("Statement")) return undefined;
  try {
    const { Statement: statements } = JSON.parse(text) as { Statement?: Statement | Statement[] };
    return statements === undefined ? undefined : [statements].flat();
  } catch {
    return undefined;
  }
}

/** @returns the statements that allow something. */
export function allowing(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ Effect }) => Effect === "Allow");
}

/** @returns a member that may be one value or a list, as a list. */
export function listOf(member: string | readonly string[] | undefined): string[] {
  return member === undefined ? [] : [member].flat();
}
