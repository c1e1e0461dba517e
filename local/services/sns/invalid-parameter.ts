import { AwsError } from "../../wire/aws-error.ts";

/** What SNS answers to most input that it refuses. */
export function invalidParameter(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}
