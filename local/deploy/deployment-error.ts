import { RefusedError } from "./refused-error.ts";

/** One thing that stands in the way of a deployment. */
export interface Problem {
  /** The resource or function that it is about; absent for an error of the program itself. */
  readonly subject?: { readonly name: string; readonly type: string };
  readonly reason: string;
  /** What of the program cannot be carried out, such as `the input "x" of`; absent for other errors. */
  readonly refused?: string;
  /** Whether a service has answered so. */
  readonly ofService?: boolean;
}

/** Everything that stands in the way of a deployment, a sentence each. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(describeProblems(problems), options);
    this.problems = problems;
  }
}

/**
 * The error of one resource: which it was, and why. An error of a service keeps its code; whatever
 * else went wrong is a sentence of the engine, or of Node for a failed connection.
 *
 * @returns an Error such as `add-product (aws:lambda/function:Function):
 * InvalidParameterValueException: …`
 */
export function deploymentError(
  subject: { name: string; type: string },
  error: unknown,
): DeploymentError {
  const problems =
    error instanceof RefusedError
      ? error.refusals.map(({ part, reason }) => ({ subject, reason, refused: part }))
      : reasons(error).map((reason) => ({ subject, reason, ofService: isServiceError(error) }));
  return new DeploymentError(problems, { cause: error });
}

function reasons(error: unknown): string[] {
  if (!(error instanceof Error)) {
    return [String(error)];
  }
  if (error instanceof AggregateError && error.message === "") {
    return [error.errors.map(String).join("; ")];
  }
  if (isServiceError(error)) {
    return [`${error.name}: ${error.message}`];
  }
  return error.message.split("\n");
}

/** An error that a service answered, as every AWS SDK client throws it. */
function isServiceError(error: unknown): boolean {
  return error instanceof Error && "$fault" in error;
}

/**
 * One line a problem, those of the same kind together; where several things are refused, the last line
 * lists what would have to be removed or replaced.
 */
function describeProblems(problems: readonly Problem[]): string {
  const groups = Map.groupBy(problems, keyOf);
  const lines = [...groups.values()].map(describeAlike);
  const refused = problems.filter((problem) => problem.refused !== undefined);
  const parts = Map.groupBy(
    refused,
    ({ subject, refused: part }) => `${String(part)} ${subject?.type ?? ""}`,
  );
  if (new Set(refused.map(keyOf)).size > 1)
    lines.push(
      "To deploy this program here, remove or replace " +
        `${[...parts.values()].map(describePart).join("; ")}. ` +
        "The Pulumi CLI (pulumi up) deploys it unchanged, to AWS or another emulator.",
    );
  return lines.join("\n");
}

function keyOf({ subject, reason, ofService }: Problem): string {
  // Two calls that failed alike are still two.
  return [subject?.type, reason, ofService ? subject?.name : ""].join("\n");
}

function describeAlike(alike: readonly Problem[]): string {
  const [{ subject, reason, ofService } = { reason: "" }] = alike;
  if (subject === undefined) return reason;
  const names = namesOf(alike);
  const label = `${names.join(", ")} (${subject.type})`;
  return `${ofService ? "" : names.length > 1 ? "Resources " : "Resource "}${label}: ${reason}`;
}

function describePart(alike: readonly Problem[]): string {
  const [{ subject, refused } = {}] = alike;
  if (subject === undefined) return String(refused);
  const part = refused ? `${refused} of ` : "";
  return `${part}${namesOf(alike).join(", ")} (${subject.type})`;
}

function namesOf(problems: readonly Problem[]): string[] {
  return [...new Set(problems.flatMap(({ subject }) => subject?.name ?? []))];
}
