import { isAcknowledged } from "./history.ts";
import type { Op } from "./history.ts";

/** The most keys that are read in the end. */
const mostKeys = 60;
const readsAtOnce = 8;

/**
 * The keys to read once everything has arrived: those of acknowledged writes, odd ones first, and one
 * that nobody has written.
 */
export function keysToReadBack(history: readonly Op[], keyPrefix: string): string[] {
  const isPlain = (key: string) => /^[\w-]+$/.test(key);
  const acknowledged = [...new Set(history.filter(isAcknowledged).map(({ key }) => key))];
  const oddFirst = acknowledged.sort((a, b) => Number(isPlain(a)) - Number(isPlain(b)));
  return [...oddFirst.slice(0, mostKeys - 1), `${keyPrefix}never-written`];
}

/** Reads these keys, a few at a time. What is found becomes part of the history. */
export async function readBack(
  keys: readonly string[],
  read: (key: string) => Promise<Op>,
): Promise<string> {
  for (let start = 0; start < keys.length; start += readsAtOnce)
    await Promise.all(keys.slice(start, start + readsAtOnce).map(read));
  return `${String(keys.length)} keys`;
}
