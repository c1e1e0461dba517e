import { AwsError } from "../../wire/aws-error.ts";

type Kind = "string" | "number" | "array" | "object";

/** Types of the members that fauxqs takes on trust. Source: SQS API 2012-11-05. */
const kinds: Readonly<Record<string, Kind>> = {
  QueueUrl: "string",
  QueueName: "string",
  QueueNamePrefix: "string",
  MessageBody: "string",
  MessageGroupId: "string",
  MessageDeduplicationId: "string",
  ReceiptHandle: "string",
  SourceArn: "string",
  DestinationArn: "string",
  TaskHandle: "string",
  NextToken: "string",
  DelaySeconds: "number",
  MaxNumberOfMessages: "number",
  MaxNumberOfMessagesPerSecond: "number",
  MaxResults: "number",
  VisibilityTimeout: "number",
  WaitTimeSeconds: "number",
  AttributeNames: "array",
  MessageAttributeNames: "array",
  MessageSystemAttributeNames: "array",
  TagKeys: "array",
  Attributes: "object",
  MessageAttributes: "object",
  MessageSystemAttributes: "object",
  Tags: "object",
  tags: "object",
};

/** Refuses a member of the wrong type, as the service's own deserialiser does. */
export function checkInput(operation: string, input: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(input)) {
    if (name === "Entries") checkEntries(operation, value);
    else checkMember(name, value);
  }
}

function checkEntries(operation: string, value: unknown): void {
  if (!Array.isArray(value)) throw wrongType("Entries", "array");
  for (const [index, entry] of (value as unknown[]).entries()) {
    if (kindOf(entry) !== "object") throw wrongType("Entries", "array of objects");
    const { Id, MessageBody } = entry as Record<string, unknown>;
    const missing = Id === undefined ? "Id" : MessageBody === undefined ? "MessageBody" : undefined;
    if (missing === "Id" || (missing !== undefined && operation === "SendMessageBatch"))
      throw new AwsError(
        "MissingParameter",
        `The request must contain the parameter ${operation}RequestEntry.${String(index + 1)}.${missing}.`,
      );
    for (const [name, member] of Object.entries(entry as object)) checkMember(name, member);
  }
}

function checkMember(name: string, value: unknown): void {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined || value === null || value === undefined) return;
  if (kindOf(value) !== kind) throw wrongType(name, kind);
  if (kind === "number" && !Number.isInteger(value)) throw wrongType(name, "integer");
  if (name === "MessageAttributes" || name === "MessageSystemAttributes")
    checkMessageAttributes(name, value as object);
  const elements: unknown[] =
    kind === "array"
      ? (value as unknown[])
      : kind === "object" && !name.startsWith("Message")
        ? Object.values(value as object)
        : [];
  if (elements.some((element) => typeof element !== "string"))
    throw wrongType(name, `${kind} of strings`);
}

/** Source: SQS API, MessageAttributeValue. */
function checkMessageAttributes(name: string, attributes: object): void {
  for (const [attribute, value] of Object.entries(attributes) as [string, unknown][]) {
    const member = `${name}.${attribute}`;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw wrongType(member, "object");
    const { DataType, StringValue, BinaryValue } = value as Record<string, unknown>;
    for (const each of [DataType, StringValue, BinaryValue])
      if (each !== undefined && each !== null && typeof each !== "string")
        throw wrongType(member, "object of strings");
    const kind = /^(String|Number|Binary)(\.|$)/.exec(typeof DataType === "string" ? DataType : "");
    if (!kind)
      throw invalid(
        `The message attribute '${attribute}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    if (!(kind[1] === "Binary" ? BinaryValue : StringValue))
      throw invalid(`The message attribute '${attribute}' must contain a non-empty value.`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

function wrongType(name: string, expected: string): AwsError {
  return new AwsError("SerializationException", `${name} must be of type ${expected}.`);
}
