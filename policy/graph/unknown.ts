import { UnknownValueError } from "@pulumi/policy";

/** Stands for a value that a preview cannot know. */
export const UNKNOWN = Symbol("unknown in a preview");
export type Unknown = typeof UNKNOWN;

/**
 * @param read takes the value out of a resource's properties, down to its last member.
 * @returns what it read, or UNKNOWN where a preview cannot know it yet, so that a rule keeps silent
 * instead of failing with "can't run policy during preview".
 */
export function ifKnown<Value>(read: () => Value): Value | Unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}

/** @returns a copy without the proxies that watch for unknown values, or UNKNOWN if it has one. */
export function plainIfKnown<Value>(read: () => Value): Value | Unknown {
  return ifKnown(() => {
    const value = read();
    return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);
  });
}

/**
 * @returns a copy of what a preview knows of a value: in objects, unknown members are undefined, and
 * lists are without them.
 */
export function knownPart(read: () => unknown): unknown {
  const value = ifKnown(read);
  if (value === UNKNOWN) return undefined;
  if (typeof value !== "object" || value === null) return value;
  const copies = Object.keys(value).map((key) => [
    key,
    knownPart(() => (value as Record<string, unknown>)[key]),
  ]);
  if (!Array.isArray(value)) return Object.fromEntries(copies) as unknown;
  return copies.flatMap(([, member]) => (member === undefined ? [] : [member]));
}
