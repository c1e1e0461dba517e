import { invalidParameter } from "./invalid-parameter.ts";
import { isFunctionArn } from "./is-function-arn.ts";
import { readMapEntries } from "./map-entries.ts";
import { checkSubscriptionAttributes } from "./subscription-attributes.ts";

/** Source: SNS API, Subscribe, Protocol. */
const protocols = new Set([
  "application",
  "email",
  "email-json",
  "firehose",
  "http",
  "https",
  "lambda",
  "sms",
  "sqs",
]);

export interface SubscribeInput {
  readonly topicArn: string;
  /** ARN of a queue or function. */
  readonly endpoint: string;
  /** Checked, as SNS shows them. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * What a Subscribe asks for. Throws for what cannot be delivered here: any protocol but `sqs` and `lambda`.
 * Source: SNS API, Subscribe.
 */
export function readSubscribe(form: Readonly<Record<string, string>>): SubscribeInput {
  const { TopicArn: topicArn = "", Protocol: protocol = "", Endpoint: endpoint = "" } = form;
  const elements = topicArn.split(":").length;
  if (elements < 6)
    throw invalidParameter(
      `TopicArn Reason: An ARN must have at least 6 elements, not ${String(elements)}`,
    );
  if (!protocols.has(protocol))
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (protocol !== "sqs" && protocol !== "lambda")
    throw invalidParameter(
      `Protocol Reason: this endpoint delivers to sqs and lambda, not to ${protocol}`,
    );
  if (protocol === "lambda" && !isFunctionArn(endpoint))
    throw invalidParameter("Lambda endpoint ARN");
  if (protocol === "sqs" && !/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/.test(endpoint))
    throw invalidParameter("SQS endpoint ARN");
  // Source: SNS Developer Guide, "Message delivery for FIFO topics".
  if (protocol === "lambda" && topicArn.endsWith(".fifo"))
    throw invalidParameter(
      "Invalid parameter: Endpoint Reason: Only SQS queues can be subscribed to FIFO topics",
    );
  // Source: SNS Developer Guide, "Message delivery for FIFO topics"; SNS says it twice.
  if (endpoint.endsWith(".fifo") && !topicArn.endsWith(".fifo"))
    throw invalidParameter(
      "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
    );
  const attributes = checkSubscriptionAttributes(readMapEntries(form, "Attributes"), {
    ...{ topicArn, protocol, where: "Attributes Reason: " },
  });
  return { topicArn, endpoint, attributes };
}
