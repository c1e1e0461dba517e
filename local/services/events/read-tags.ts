import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";
import { invalid, isStructure, textOf } from "./events-input.ts";

const maxTags = 50;

/** `Tags` of an input. Throws ValidationException. */
export function readTags(input: JsonInput): [key: string, value: string][] {
  const list = input["Tags"] ?? [];
  if (!Array.isArray(list) || !list.every(isStructure))
    throw new AwsError("SerializationException", "Tags must be a list of objects.");
  const tags = list.map((each): [string, string] => [
    textOf(each, "Key", { max: 128 }),
    textOf(each, "Value", { max: 256 }),
  ]);
  if (new Set(tags.map(([key]) => key)).size < tags.length)
    throw invalid("Duplicate tag keys are not allowed.");
  return tags;
}

/** Throws LimitExceededException above 50 tags; nothing is set then. */
export function setTags(
  tags: Map<string, string>,
  added: readonly (readonly [string, string])[],
): void {
  const all = new Map([...tags, ...added]);
  if (all.size > maxTags)
    throw new AwsError("LimitExceededException", `A resource has up to ${String(maxTags)} tags.`);
  for (const [key, value] of added) tags.set(key, value);
}
