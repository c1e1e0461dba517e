import { AwsError } from "../../wire/aws-error.ts";
import { isMessageText } from "../sqs/message-text.ts";

type Form = Readonly<Record<string, string>>;

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * Checks the attributes of one message to be published: what a queue would not accept is refused,
 * because nobody could be told later. Answers how many bytes they add to the message. Throws an
 * AwsError in SNS's words. Source: SNS API, MessageAttributeValue; SNS Developer Guide, "Amazon SNS
 * message attributes".
 *
 * @param prefix of the message's parameters: empty, or that of an entry of a batch
 */
export function checkPublishAttributes(form: Form, prefix: string): number {
  let bytes = 0;
  for (let index = 1; ; index++) {
    const entry = `${prefix}MessageAttributes.entry.${String(index)}`;
    const name = form[`${entry}.Name`];
    if (name === undefined) return bytes;
    checkName(name);
    const type = form[`${entry}.Value.DataType`] ?? "";
    const text = form[`${entry}.Value.StringValue`];
    const binary = form[`${entry}.Value.BinaryValue`];
    checkValue({ name, type, text, binary });
    bytes += Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(text ?? "");
    bytes += Buffer.byteLength(binary ?? "", "base64");
  }
}

function checkName(name: string): void {
  if (name.length === 0 || name.length > 256)
    throw invalid("Length of message attribute name must be less than 256 bytes.");
  const [strange] = /[^\w.-]/u.exec(name) ?? [];
  if (strange !== undefined)
    throw invalid(
      `Invalid non-alphanumeric character '#x${(strange.codePointAt(0) ?? 0).toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  if (name.startsWith("."))
    throw invalid("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith("."))
    throw invalid("Invalid message attribute name ending with character '.' was found.");
  if (name.includes(".."))
    throw invalid("Message attribute name can not have successive '.' character.");
  if (/^(aws|amazon)\./i.test(name))
    throw invalid(`Invalid message attribute name '${name}': AWS. and Amazon. are reserved.`);
}

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly text: string | undefined;
  readonly binary: string | undefined;
}

function checkValue({ name, type, text, binary }: Attribute): void {
  const kind = /^(String|Number|Binary)(\.|$)/.exec(type)?.[1];
  if (kind === undefined || type.length > 256 || !isMessageText(type))
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const [value, other] = kind === "Binary" ? [binary, text] : [text, binary];
  if (other !== undefined)
    throw invalid(
      `The message attribute '${name}' with type '${type}' must use field '${kind === "Binary" ? kind : "String"}'.`,
    );
  if (value === undefined || value === "")
    throw invalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  if (kind === "Binary" && !base64.test(value))
    throw invalid(`The message attribute '${name}' must contain base64.`);
  if (kind === "Number" && !decimal.test(value))
    throw invalid(`Could not cast message attribute '${name}' value to number.`);
  if (kind !== "Binary" && !isMessageText(value))
    throw invalid(`The message attribute '${name}' holds characters that XML 1.0 does not have.`);
}

function invalid(message: string): AwsError {
  return new AwsError("ParameterValueInvalid", message);
}
