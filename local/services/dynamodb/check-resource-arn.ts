import { AwsError } from "../../wire/aws-error.ts";

const tagOperations = new Set(["ListTagsOfResource", "TagResource", "UntagResource"]);
/** Source: DynamoDB API, ListTagsOfResource. */
const longest = 1283;

/**
 * Refuses an ARN that names no table. dynalite would try to read it with a regular expression whose
 * time grows with the sixth power of the colons in it.
 */
export function checkResourceArn(operation: string, body: Buffer): void {
  if (!tagOperations.has(operation)) return;
  let arn: unknown;
  try {
    arn = (JSON.parse(body.toString("utf8")) as Record<string, unknown> | null)?.["ResourceArn"];
  } catch {
    return;
  }
  if (typeof arn !== "string" || /^arn:aws:dynamodb:[^:]+:\d+:table\/[^/:]{3,}$/.test(arn)) return;
  throw new AwsError(
    "ValidationException",
    arn.length > longest
      ? `1 validation error detected: Value at 'resourceArn' failed to satisfy constraint: Member must have length less than or equal to ${String(longest)}`
      : `Invalid TableArn: Invalid ResourceArn provided as input ${arn}`,
  );
}
