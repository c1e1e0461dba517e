import { createHash } from "node:crypto";

/** As the JSON protocol writes it: a binary value is base64. Source: SQS API, MessageAttributeValue. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Bytes that attributes add to the size of a message: their names, types and values. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes))
    bytes +=
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue ?? "") +
      Buffer.byteLength(BinaryValue ?? "", "base64");
  return bytes;
}

/**
 * `MD5OfMessageAttributes`; `undefined` without attributes.
 * Source: SQS Developer Guide, "Calculating the MD5 message digest for message attributes".
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const addWithLength = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    const isBinary = attribute.DataType.startsWith("Binary");
    addWithLength(Buffer.from(name));
    addWithLength(Buffer.from(attribute.DataType));
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    addWithLength(
      isBinary
        ? Buffer.from(attribute.BinaryValue ?? "", "base64")
        : Buffer.from(attribute.StringValue ?? ""),
    );
  }
  return hash.digest("hex");
}

/**
 * The attributes that a receiver asked for: by name, by a prefix with `.*`, or all of them with
 * `All`, `.*` or `*`. Source: SQS API, ReceiveMessage, MessageAttributeNames.
 */
export function askedAttributes(
  attributes: MessageAttributes,
  names: readonly string[],
): MessageAttributes {
  const isAsked = (attribute: string) =>
    names.some((name) => {
      if (name === "All" || name === ".*" || name === "*") return true;
      return name.endsWith(".*") ? attribute.startsWith(name.slice(0, -2)) : attribute === name;
    });
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isAsked(name)));
}
