import { AwsError } from "../../wire/aws-error.ts";
import { readMapEntries } from "./read-map-entries.ts";
import { readDeadLetterArn } from "./subscriptions.ts";

/**
 * What a Subscribe asks for. Throws for what cannot be delivered here: any protocol but `sqs`.
 * Source: SNS API, Subscribe.
 */
export function readSubscribe(form: Readonly<Record<string, string>>): {
  topicArn: string;
  /** ARN of a queue. */
  endpoint: string;
  redrivePolicy: string | undefined;
} {
  const { TopicArn: topicArn = "", Protocol: protocol = "", Endpoint: endpoint = "" } = form;
  if (protocol !== "sqs")
    throw invalid(
      `Protocol Reason: this endpoint delivers to sqs, not to ${protocol || "a protocol without name"}`,
    );
  if (!/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/.test(endpoint))
    throw invalid("SQS endpoint ARN");
  // Source: SNS Developer Guide, "Message delivery for FIFO topics".
  if (endpoint.endsWith(".fifo") && !topicArn.endsWith(".fifo"))
    throw invalid("Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
  const redrivePolicy = readMapEntries(form, "Attributes").get("RedrivePolicy");
  readDeadLetterArn(redrivePolicy);
  return { topicArn, endpoint, redrivePolicy };
}

function invalid(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}
