import { AwsError } from "../../wire/aws-error.ts";
import type { LambdaFunction } from "./lambda-function.ts";

/**
 * Refuses a change of a function that is no longer as the caller saw it. Source: Lambda API,
 * `RevisionId` and PreconditionFailedException.
 */
export function checkRevision({ revisionId }: LambdaFunction, expected: unknown): void {
  if (expected === undefined || expected === null || expected === "" || expected === revisionId)
    return;
  throw new AwsError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    412,
    { Type: "User" },
  );
}
