import type { Op } from "../../../chaos/harness/history.ts";

let index = 0;

/** A write of `key` from `invokeMs` to `endMs`; acknowledged by the database unless said otherwise. */
export function write(
  key: string,
  value: string,
  [invokeMs, endMs]: readonly [number, number],
  more: Partial<Op> = {},
): Op {
  return {
    index: index++,
    process: 0,
    kind: "write",
    key,
    value,
    phase: "during",
    intendedMs: invokeMs,
    invokeMs,
    endMs,
    type: "ok",
    ...more,
  };
}
