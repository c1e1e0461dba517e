import { AwsError } from "../../wire/aws-error.ts";

export interface ByteRange {
  readonly start: number;
  /** Behind the last byte. */
  readonly end: number;
}

/**
 * The one range of a header Range; `undefined` where there is none, or one that S3 does not heed: of
 * another unit, malformed, or of several parts.
 * Source: RFC 9110, section 14.2; S3 API reference, GetObject.
 *
 * @throws AwsError InvalidRange (416)
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [matched, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (matched === undefined || (first === "" && last === "")) return undefined;
  if (first === "") {
    const start = Math.max(0, size - Number(last));
    if (start >= size) throw notSatisfiable(header, size);
    return { start, end: size };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) throw notSatisfiable(header, size);
  return { start, end: last === "" ? size : Math.min(size, Number(last) + 1) };
}

function notSatisfiable(header: string | undefined, size: number): AwsError {
  return new AwsError("InvalidRange", "The requested range is not satisfiable", 416, {
    RangeRequested: header,
    ActualObjectSize: String(size),
  });
}
