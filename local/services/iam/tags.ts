import { AwsError } from "../../wire/aws-error.ts";
import type { XmlValue } from "../../wire/xml.ts";
import { type QueryInput, readList } from "../query-service.ts";
import { check, constraints, invalid } from "./iam-input.ts";

/** `Tags.member.N.Key` and `.Value`. Throws ValidationError or InvalidInput (400). */
export function readTags(input: QueryInput): [key: string, value: string][] {
  const tags: [string, string][] = [];
  for (let at = 1; input[`Tags.member.${String(at)}.Key`] !== undefined; at++) {
    const prefix = `Tags.member.${String(at)}`;
    const key = check(
      `tags.${String(at)}.member.key`,
      input[`${prefix}.Key`] ?? "",
      constraints.tagKey,
    );
    const value = input[`${prefix}.Value`] ?? "";
    if (tags.some(([other]) => other.toLowerCase() === key.toLowerCase()))
      throw new AwsError("InvalidInput", `Duplicate tag keys found: ${key}`);
    tags.push([key, check(`tags.${String(at)}.member.value`, value, constraints.tagValue)]);
  }
  return tags;
}

/** Sets tags; keys differ by more than case. Throws LimitExceeded (409) above 50. */
export function setTags(tags: Map<string, string>, added: readonly [string, string][]): void {
  for (const [key, value] of added) {
    const known = [...tags.keys()].find((other) => other.toLowerCase() === key.toLowerCase());
    tags.set(known ?? key, value);
  }
  if (tags.size > 50)
    throw new AwsError("LimitExceeded", "Cannot exceed quota for TagsPerResource: 50", 409);
}

export function removeTags(tags: Map<string, string>, input: QueryInput): void {
  const keys = readList(input, "TagKeys");
  if (keys.length === 0)
    throw invalid("tagKeys", "[]", "Member must have length greater than or equal to 1");
  for (const key of keys) tags.delete(key);
}

export function tagList(tags: ReadonlyMap<string, string>): XmlValue {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
