import { AwsError } from "../../wire/aws-error.ts";

export interface LambdaPage<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly NextMarker?: string;
}

/**
 * One page of a list by `Marker` and `MaxItems`. The marker holds the key of the last item, so that
 * a page stays right when the list changes between two calls.
 *
 * @param largest what AWS answers at most, however much is asked for
 */
export function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
  { keyOf, largest }: { readonly keyOf: (item: T) => string; readonly largest: number },
): LambdaPage<T> {
  const size = Math.min(readSize(query.get("MaxItems")) ?? largest, largest);
  const marker = query.get("Marker") ?? "";
  const after = marker === "" ? undefined : Buffer.from(marker, "base64url").toString("utf8");
  const sorted = all
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const page = sorted.slice(0, size);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(last !== undefined &&
      sorted.length > size && { NextMarker: Buffer.from(last.key).toString("base64url") }),
  };
}

function readSize(text: string | null): number | undefined {
  if (text === null || text === "") return undefined;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 10_000) return size;
  throw new AwsError(
    "InvalidParameterValueException",
    `MaxItems must be a whole number from 1 to 10000, not ${text}.`,
    400,
    { Type: "User" },
  );
}
