import { knownPart } from "./unknown.ts";

/** One statement of a policy document. Source: IAM User Guide, "IAM JSON policy elements". */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: string | Record<string, string | string[]>;
  readonly NotPrincipal?: string | Record<string, string | string[]>;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/**
 * @param document JSON text, or the object that Pulumi and the provider make into such.
 * @returns the statements of a policy document, without what a preview cannot know; undefined if it
 * is not one.
 */
export function parseStatements(document: unknown): Statement[] | undefined {
  if (typeof document === "object" && document !== null)
    return "Statement" in document ? statementsIn(knownPart(() => document)) : undefined;
  if (typeof document !== "string" || !document.includes("Statement")) return undefined;
  try {
    return statementsIn(JSON.parse(document));
  } catch {
    return undefined;
  }
}

function statementsIn(document: unknown): Statement[] | undefined {
  if (typeof document !== "object" || document === null) return undefined;
  const { Statement: statements } = document as { Statement?: Statement | Statement[] };
  return typeof statements === "object" ? [statements].flat() : undefined;
}

/** @returns the statements that allow something. */
export function allowing(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ Effect }) => Effect === "Allow");
}

/** @returns whether a statement has a condition that a preview cannot know. */
export function hasHiddenCondition(statement: Statement): boolean {
  return "Condition" in statement && statement.Condition === undefined;
}

/** @returns a member that may be one value or a list, as a list. */
export function listOf(member: string | readonly string[] | undefined): string[] {
  return member === undefined ? [] : [member].flat();
}
