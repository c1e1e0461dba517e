import { z } from "zod";

/** Inputs that several resource types share. */

export const tagMap = z.record(z.string(), z.string());

/** A JSON document, as text or as the object that it stands for. */
export const jsonText = z
  .union([
    z.string(),
    z.record(z.string(), z.unknown()).transform((document) => JSON.stringify(document)),
  ])
  .refine((text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }, "it is not JSON");

/** `Key`/`Value` pairs, as IAM and DynamoDB take tags; `undefined` where there are none. */
export function tagList(
  tags: Readonly<Record<string, string>>,
): { Key: string; Value: string }[] | undefined {
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return pairs.length === 0 ? undefined : pairs;
}
