import { AwsError } from "../../wire/aws-error.ts";

/** What SQS takes in a message body. Source: SQS API, SendMessage. */
const unsendable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

const messageName = /^(?:PublishBatchRequestEntries\.member\.\d+\.)?Message$/;

const attributeType = /^(.*MessageAttributes\.entry\.\d+)\.Value\.DataType$/;

/**
 * The form of a Publish or PublishBatch as fauxqs takes it. A message with a body for each protocol
 * (`MessageStructure` `json`) becomes its body for queues. A message that no queue would take is
 * refused, because nobody could be told later.
 */
export function readPublish(form: Readonly<Record<string, string>>): Record<string, string> {
  const read = { ...form };
  for (const [name, dataType] of Object.entries(form)) {
    const entry = attributeType.exec(name)?.[1];
    if (entry !== undefined) checkAttribute(form, entry, dataType);
  }
  for (const [name, message] of Object.entries(form)) {
    if (!messageName.test(name)) continue;
    const structure = form[`${name}Structure`];
    if (structure === "json") read[name] = bodyForQueues(message);
    else if (structure !== undefined && structure !== "")
      throw invalid("MessageStructure Reason: it must be json or absent");
    if (unsendable.test(read[name] ?? ""))
      throw invalid("Message Reason: it holds characters that XML 1.0 does not have");
  }
  return read;
}

/** Source: SNS API, MessageAttributeValue. */
function checkAttribute(
  form: Readonly<Record<string, string>>,
  entry: string,
  dataType: string,
): void {
  const name = form[`${entry}.Name`] ?? "";
  const kind = /^(String|Number|Binary)(\.|$)/.exec(dataType)?.[1];
  if (!kind)
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const value = form[`${entry}.Value.${kind === "Binary" ? "BinaryValue" : "StringValue"}`];
  if (value === undefined || value === "")
    throw invalid(`The message attribute '${name}' must contain a non-empty value.`);
}

/** Source: SNS API, Publish, MessageStructure. */
function bodyForQueues(message: string): string {
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
