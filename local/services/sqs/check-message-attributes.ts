import { AwsError } from "../../wire/aws-error.ts";
import type { MessageAttribute, MessageAttributes } from "./message-attributes.ts";
import { checkMessageText } from "./message-text.ts";

const maxAttributes = 10;
const maxNameLength = 256;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Refuses attributes that SQS would not have accepted. Throws an AwsError.
 * Source: SQS Developer Guide, "Amazon SQS message attributes".
 */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > maxAttributes)
    throw invalid(
      `Number of message attributes [${String(entries.length)}] exceeds the allowed maximum [${String(maxAttributes)}].`,
    );
  for (const [name, attribute] of entries) {
    checkName(name);
    checkType(name, attribute);
    checkValue(name, attribute);
  }
}

function checkName(name: string): void {
  if (name.length === 0 || name.length > maxNameLength)
    throw invalid("Message (user) attribute names must be shorter than 256 Bytes");
  if (!/^[\w.-]+$/.test(name))
    throw invalid(
      "Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ",
    );
  if (/^(aws\.|amazon\.|\.)|\.$|\.\./i.test(name))
    throw invalid(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.' or have successive '.'.",
    );
}

function checkType(name: string, { DataType }: MessageAttribute): void {
  if (!/^(String|Number|Binary)(\.|$)/.test(DataType))
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  if (DataType.length > maxNameLength)
    throw invalid("Message (user) attribute types must be shorter than 256 Bytes");
  checkMessageText(DataType, "InvalidParameterValue");
}

function checkValue(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  const isBinary = DataType.startsWith("Binary");
  const [kind = ""] = DataType.split(".");
  const used = isBinary ? "Binary" : "String";
  if (isBinary ? StringValue !== undefined : BinaryValue !== undefined)
    throw invalid(
      `The message attribute '${name}' with type '${kind}' must use field '${used}' and no other.`,
    );
  const value = isBinary ? BinaryValue : StringValue;
  if (value === undefined || value === "")
    throw invalid(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${used}'.`,
    );
  if (isBinary && !base64.test(value))
    throw new AwsError("SerializationException", `${name}.BinaryValue must be base64.`);
  if (!isBinary) checkMessageText(value, "InvalidParameterValue");
  if (kind === "Number" && !decimal.test(value))
    throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
