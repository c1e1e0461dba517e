import type { Anomaly } from "./anomaly.ts";
import { isAcknowledged } from "./history.ts";
import type { Op } from "./history.ts";

export interface KeyState {
  readonly key: string;
  readonly ops: readonly Op[];
  readonly found: string | undefined;
  readonly initial: string | undefined;
  readonly isDeadLetter: (value: string) => boolean;
}

/** The anomalies of one key: what its reads and the final table show, against what was sent. */
export function judgeKey(state: KeyState): Anomaly[] {
  const writes = state.ops
    .filter((op) => op.kind === "write")
    .sort((a, b) => a.invokeMs - b.invokeMs);
  const sent = new Set(writes.filter((op) => op.type !== "fail").map((op) => op.value));
  if (state.initial !== undefined) sent.add(state.initial);
  const final = judgeFinal(state, writes, sent);
  const seen = new Set(state.ops.flatMap((op) => (op.kind === "read" ? (op.value ?? []) : [])));
  const phantoms = [...seen].filter((value) => !sent.has(value) && value !== state.found);
  return [
    ...final,
    ...phantoms.map((value) => phantom(state.key, `A read of ${state.key} saw`, value, writes)),
  ];
}

function judgeFinal(
  state: KeyState,
  writes: readonly Op[],
  sent: ReadonlySet<string | undefined>,
): Anomaly[] {
  const { key, found } = state;
  if (found !== undefined && !sent.has(found))
    return [phantom(key, `The table has for ${key}`, found, writes)];
  const wonUntilMs = latestEffectMs(writes, found);
  const newer = writes.filter((op) => isAcknowledged(op) && op.invokeMs > wonUntilMs);
  const expected = newer.at(-1);
  if (!expected) return [];
  const rest = {
    key,
    expected,
    ...(found !== undefined && { found }),
    writes,
  };
  const wrote = `the write acknowledged by "${expected.body ?? expected.type}"`;
  if (newer.some((op) => op.value !== undefined && state.isDeadLetter(op.value)))
    return [
      {
        kind: "dead-lettered",
        message: `${key}: ${wrote} is in the dead-letter queue only.`,
        ...rest,
      },
    ];
  if (found === undefined)
    return [
      { kind: "lost", message: `${key}: ${wrote} is nowhere; the table has no item.`, ...rest },
    ];
  const message = `${key}: ${wrote} is not in the table, which has an older write.`;
  return [{ kind: isLost(writes, newer, state) ? "lost" : "stale", message, ...rest }];
}

/**
 * Until when the write that is in the table may have taken effect. No value, or the value from before
 * the run, was there before every write; an unacknowledged write may take effect at any time.
 */
function latestEffectMs(writes: readonly Op[], found: string | undefined): number {
  const ends = writes
    .filter((op) => found !== undefined && op.value === found && op.type !== "fail")
    .map((op) => (isAcknowledged(op) ? op.endMs : Infinity));
  return Math.max(-Infinity, ...ends);
}

/**
 * A write that went straight into the database was there before any newer one was sent. When every
 * newer one was queued, none of them ever arrived: they are lost, rather than overwritten.
 */
function isLost(
  writes: readonly Op[],
  newer: readonly Op[],
  { found, initial }: KeyState,
): boolean {
  const winners = writes.filter((op) => op.value === found && op.type !== "fail");
  const wasStoredDirectly =
    winners.length > 0 ? winners.every((op) => op.type === "ok") : found === initial;
  return wasStoredDirectly && newer.every((op) => op.type === "queued");
}

function phantom(key: string, where: string, found: string, writes: readonly Op[]): Anomaly {
  return {
    kind: "phantom",
    key,
    message: `${where} a value that nobody sent: ${found}`,
    found,
    writes,
  };
}
