import type { Anomaly } from "../anomaly.ts";
import { nameOfLook } from "../describe.ts";
import { isAcknowledged } from "../history.ts";
import type { KeyHistory, Observation, Write } from "./key-history.ts";
import { newerWrites } from "./newer-writes.ts";
import type { IsExcused } from "./obligations.ts";
import { nameWrite, toAnomaly } from "./to-anomaly.ts";

/** Which anomaly a look at the table is that fits with nothing before it; the rest is legal. */
export function classifyLook(
  history: KeyHistory,
  look: Observation,
  isExcused: IsExcused,
): Anomaly {
  const { key, writes, initial, observations } = history;
  const { value } = look;
  const at = `at the ${nameOfLook(look.look ?? 0)} look`;
  const newer = newerWrites(history, look, isExcused);
  const expected = newer.at(-1) ?? lastOwed(writes, look, isExcused);
  const is = (kind: Anomaly["kind"], message: string) =>
    toAnomaly(history, { kind, message, seen: look, expected });
  if (value !== undefined && value !== initial && !writes.some((each) => each.value === value))
    return is("phantom", `The table had for ${key} ${at} a value that nobody sent: ${value}`);
  const earlier = observations.findLast((each) => each.look !== undefined);
  if (earlier && earlier.value !== value)
    return is(
      "late-overwrite",
      `${key} was right at the ${nameOfLook(earlier.look ?? 0)} look at the table and wrong ${at}.`,
    );
  if (!expected)
    return value === undefined
      ? is("vanished-item", `The table had no item for ${key} ${at}, although it had been there.`)
      : is("non-monotonic-read", `The table had for ${key} ${at} what had been replaced: ${value}`);
  const wrote = nameWrite(expected);
  if (value === undefined)
    return is("lost", `${key}: ${wrote} is nowhere; the table had no such item ${at}.`);
  const kind = isLost(history, value, newer) ? "lost" : "stale";
  return is(kind, `${key}: ${wrote} was not in the table ${at}, which had an older write.`);
}

/**
 * A write that went straight into the database was there before any newer one was sent. When every
 * newer one was queued, and none was ever seen, they never arrived: lost, rather than overwritten.
 */
function isLost(
  { writes, observations, initial }: KeyHistory,
  found: string,
  newer: readonly Write[],
): boolean {
  const winners = writes.filter(({ value }) => value === found);
  const wasStoredDirectly =
    winners.length > 0 ? winners.every(({ type }) => type === "ok") : found === initial;
  return (
    wasStoredDirectly &&
    newer.length > 0 &&
    newer.every(
      ({ type, value }) => type === "queued" && !observations.some((each) => each.value === value),
    )
  );
}

/** The last acknowledged write that had to be in the table, whatever was seen of it. */
function lastOwed(
  writes: readonly Write[],
  look: Observation,
  isExcused: IsExcused,
): Write | undefined {
  return writes.findLast(
    (write) => isAcknowledged(write.op) && write.answeredMs < look.sentMs && !isExcused(write),
  );
}
