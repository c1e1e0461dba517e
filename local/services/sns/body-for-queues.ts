import { AwsError } from "../../wire/aws-error.ts";

/** The body for queues of a message with one for each protocol. Source: SNS API, Publish, MessageStructure. */
export function bodyForQueues(message: string): string {
  let bodies: unknown;
  try {
    bodies = JSON.parse(message);
  } catch {
    throw invalid("Message Structure - JSON message body failed to parse");
  }
  const byProtocol = Object.entries(
    typeof bodies === "object" && bodies !== null ? bodies : {},
  ) as [string, unknown][];
  const fallback = byProtocol.find(([protocol]) => protocol === "default")?.[1];
  if (typeof fallback !== "string")
    throw invalid("Message Structure - No default entry in JSON message body");
  const body = byProtocol.find(([protocol]) => protocol === "sqs")?.[1];
  return typeof body === "string" ? body : fallback;
}

function invalid(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}
