import { AwsError } from "../../wire/aws-error.ts";
import type { QueryInput } from "../query-service.ts";
import { integerOf } from "./iam-input.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** What stands in the answer beside the list. */
  readonly paging: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** One page of a list by `MaxItems` (100 unless given) and `Marker`. Throws InvalidInput (400). */
export function pageOf<T>(input: QueryInput, all: readonly T[]): Page<T> {
  const size = integerOf(input, "MaxItems", { min: 1, max: 1000 }) ?? 100;
  const marker = input["Marker"];
  const start =
    marker === undefined ? 0 : Number(Buffer.from(marker, "base64url").toString("latin1"));
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError("InvalidInput", `Invalid Marker: ${String(marker)}`);
  const end = start + size;
  const items = all.slice(start, end);
  return end < all.length
    ? {
        items,
        paging: { IsTruncated: true, Marker: Buffer.from(String(end)).toString("base64url") },
      }
    : { items, paging: { IsTruncated: false } };
}
