import type { Anomaly } from "./anomaly.ts";
import type { CheckInput } from "./check-input.ts";
import { toResult } from "./compose-checkers.ts";
import type { CheckResult } from "./compose-checkers.ts";
import type { Op } from "./history.ts";
import { decideLegality } from "./register/decide-legality.ts";
import { explain } from "./register/explain.ts";
import { toKeyHistory } from "./register/key-history.ts";
import type { KeyHistory } from "./register/key-history.ts";

const namedKeys = 3;

/**
 * Judges each key as a register (docs/history-model.md): every acknowledged write survived, in the right
 * order, and every read was consistent. Sorts the requests of a key, and is linear beyond that.
 */
export function checkRegisters(input: CheckInput): CheckResult {
  const letters = new Set((input.deadLetters ?? []).map(({ key, value }) => toLetter(key, value)));
  const anomalies: Anomaly[] = [];
  const undecided: string[] = [];
  let pending = 0;
  for (const [key, ops] of groupByKey(input)) {
    const history = toHistory(input, key, ops);
    const legality = decideLegality(history);
    if (legality === "unknown") undecided.push(key);
    else if (legality === "illegal")
      anomalies.push(...explain(history, (value) => letters.has(toLetter(key, value))));
    else if (!input.drained && decideLegality({ ...history, drained: true }) !== "legal")
      pending += 1;
  }
  return toResult(anomalies, [
    ...(input.drained ? [] : [describePending(pending)]),
    ...(undecided.length > 0 ? [describeUndecided(undecided)] : []),
  ]);
}

/** Keys and values may contain any character. */
function toLetter(key: string, value: string): string {
  return JSON.stringify([key, value]);
}

function groupByKey({ history, initialTable, looks }: CheckInput): Map<string, Op[]> {
  const byKey = new Map<string, Op[]>();
  for (const op of history) {
    const ops = byKey.get(op.key);
    if (ops) ops.push(op);
    else byKey.set(op.key, [op]);
  }
  for (const { table } of looks)
    for (const key of table.keys())
      if (!initialTable.has(key) && !byKey.has(key)) byKey.set(key, []);
  return byKey;
}

/** Of an item that was there before and was never written, `checkUntouchedItems` judges the looks. */
function toHistory(input: CheckInput, key: string, ops: readonly Op[]): KeyHistory {
  const { initialTable, looks, drained, clockErrorMs = 0 } = input;
  const isUntouched = initialTable.has(key) && !ops.some(({ kind }) => kind === "write");
  return toKeyHistory({
    key,
    ops,
    initial: initialTable.get(key),
    looks: looks.map(({ startMs, endMs, table }) => ({ startMs, endMs, value: table.get(key) })),
    judgesLooks: !isUntouched,
    drained,
    clockErrorMs,
  });
}

function describePending(keys: number): string {
  return `The queue did not drain; ${String(keys)} keys do not show their last acknowledged write yet.`;
}

function describeUndecided(keys: readonly string[]): string {
  const names = keys.slice(0, namedKeys).join(", ");
  const rest = keys.length > namedKeys ? `, and ${String(keys.length - namedKeys)} more` : "";
  return (
    "Too many writes of one value to tell which of them was seen, for these keys: " +
    `${names}${rest}.`
  );
}
