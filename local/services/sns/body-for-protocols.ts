import { AwsError } from "../../wire/aws-error.ts";

/**
 * The body of a message with one for each protocol, for the subscriptions of its topic. Throws where
 * queues and functions would get different bodies, because fauxqs fans out one body.
 * Source: SNS API, Publish, MessageStructure.
 */
export function bodyForProtocols(message: string, protocols: ReadonlySet<string>): string {
  let bodies: unknown;
  try {
    bodies = JSON.parse(message);
  } catch {
    throw invalid("Message Structure - JSON message body failed to parse");
  }
  const byProtocol = new Map<string, unknown>(
    Object.entries(typeof bodies === "object" && bodies !== null ? bodies : {}),
  );
  const fallback = byProtocol.get("default");
  if (typeof fallback !== "string")
    throw invalid("Message Structure - No default entry in JSON message body");
  const wanted = new Set(
    [...protocols].map((protocol) => {
      const body = byProtocol.get(protocol);
      return typeof body === "string" ? body : fallback;
    }),
  );
  const [body = fallback, ...others] = wanted;
  if (others.length > 0)
    throw invalid(
      "Message Reason: different bodies for the sqs and lambda subscriptions of one topic are not supported here; give both the same, or subscribe them to topics of their own",
    );
  return body;
}

function invalid(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}
