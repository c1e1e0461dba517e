import { createContext, Script } from "node:vm";

/** Longest time a pattern may take: a pattern can be such that its time doubles with each letter. */
const longestMs = 100;

const script = new Script(
  "const whole = new RegExp(`^(?:${pattern})$`); values.findIndex((value) => !whole.test(value))",
);

/**
 * Index of the first of the values that is not, as a whole, matched by a regular expression which
 * somebody else has written; -1 without one. `undefined` for a pattern that is no regular expression,
 * and for one that takes too long to tell.
 */
export function firstMismatch(pattern: string, values: readonly string[]): number | undefined {
  try {
    return script.runInContext(createContext({ pattern, values }), {
      timeout: longestMs,
    }) as number;
  } catch {
    return undefined;
  }
}
