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
