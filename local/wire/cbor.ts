import { cbor, tag } from "@smithy/core/cbor";
import { checkCbor } from "./check-cbor.ts";

/** RFC 8949, section 3.4.2: the tag of a time in seconds since 1970. */
const epochTag = 1;

/** A value of CBOR, with its times as Dates. Throws an Error for bytes that `checkCbor` refuses. */
export function readCbor(bytes: Uint8Array): unknown {
  checkCbor(bytes);
  return fromTags(cbor.deserialize(bytes));
}

/** Dates become times in seconds; members that are undefined are left out. */
export function writeCbor(value: unknown): Buffer {
  return Buffer.from(cbor.serialize(toTags(value)));
}

function fromTags(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromTags);
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (isEpoch(value)) return new Date(Number(value.value) * 1000);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, fromTags(child)]));
}

function isEpoch(value: object): value is { tag: number | bigint; value: unknown } {
  const keys = Object.keys(value);
  return keys.length === 2 && "tag" in value && "value" in value && Number(value.tag) === epochTag;
}

function toTags(value: unknown): unknown {
  if (value instanceof Date) return tag({ tag: epochTag, value: value.getTime() / 1000 });
  if (Array.isArray(value)) return value.map(toTags);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .map(([key, child]) => [key, toTags(child)]),
  );
}
