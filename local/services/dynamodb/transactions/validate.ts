import { type Database, isDynaliteError, validateInput } from "../dynalite-parts.ts";
import { unreadable } from "../dynalite-store.ts";
import { toAwsError } from "./to-aws-error.ts";

/** The input of an action as dynalite takes it. Throws DynamoDB's error for one that is refused. */
export function validate(
  operation: string,
  request: Record<string, unknown>,
  database: Database,
): Record<string, unknown> {
  try {
    return validateInput(operation, request, database);
  } catch (error) {
    throw isDynaliteError(error) ? toAwsError(error) : unreadable(error);
  }
}
