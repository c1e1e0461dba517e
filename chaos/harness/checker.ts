import type { Anomaly, AnomalyKind } from "./anomaly.ts";
import { isAcknowledged } from "./history.ts";
import type { Op, OpType } from "./history.ts";
import { judgeKey } from "./judge-key.ts";

export interface CheckInput {
  readonly history: readonly Op[];
  /** Key → value, from a consistent scan after the queue has drained. */
  readonly table: ReadonlyMap<string, string>;
  /** Key → value, from before the first request; a stack may have been used before. */
  readonly initialTable?: ReadonlyMap<string, string>;
  readonly deadLetters?: readonly { readonly key: string; readonly value: string }[];
  /** Whether the queue was seen empty, with nothing in flight and nothing delayed. */
  readonly drained: boolean;
  /** Whether a request was answered as the fault would have it. */
  readonly faultFired: boolean;
  /** While everything inside this window failed, only these acknowledgements could be true. */
  readonly fault?: {
    readonly startMs: number;
    readonly endMs: number;
    readonly possible: readonly OpType[];
  };
}

export interface Verdict {
  readonly result: "valid" | "invalid" | "unknown";
  readonly acknowledged: number;
  readonly counts: Readonly<Record<AnomalyKind, number>>;
  readonly anomalies: readonly Anomaly[];
  /** Why the result is unknown. */
  readonly reasons: readonly string[];
}

/**
 * Says whether every acknowledged write survived, and in the right order. Linear in the history.
 *
 * A key is a register: its last acknowledged write must be in the table. Writes whose intervals
 * overlap may end in either order; an unacknowledged write may take effect at any time after it was
 * sent, or never. At most one lost or stale anomaly a key: the write that the table ought to show.
 * Without a drained queue there is no such anomaly, and the result is never valid.
 */
export function check(input: CheckInput): Verdict {
  const deadLetters = new Set(
    (input.deadLetters ?? []).map(({ key, value }) => `${key}\n${value}`),
  );
  const anomalies: Anomaly[] = [];
  for (const [key, ops] of groupByKey(input)) {
    anomalies.push(
      ...judgeKey({
        key,
        ops,
        found: input.table.get(key),
        initial: input.initialTable?.get(key),
        isDeadLetter: (value) => deadLetters.has(`${key}\n${value}`),
      }),
      ...falseAcknowledgements(key, ops, input.fault),
    );
  }
  const certain = input.drained ? anomalies : anomalies.filter(({ kind }) => !mayHeal(kind));
  const reasons = [
    ...(input.drained ? [] : [describePending(anomalies.length - certain.length)]),
    ...(input.faultFired ? [] : ["The fault never fired: no request was answered as during it."]),
  ];
  return {
    result: certain.length > 0 ? "invalid" : reasons.length > 0 ? "unknown" : "valid",
    acknowledged: input.history.filter(isAcknowledged).length,
    counts: count(certain),
    anomalies: certain,
    reasons,
  };
}

function groupByKey(input: CheckInput): Map<string, Op[]> {
  const byKey = new Map<string, Op[]>([...input.table.keys()].map((key) => [key, []]));
  for (const op of input.history) {
    const ops = byKey.get(op.key);
    if (ops) ops.push(op);
    else byKey.set(op.key, [op]);
  }
  return byKey;
}

function falseAcknowledgements(key: string, ops: Op[], fault: CheckInput["fault"]): Anomaly[] {
  if (!fault) return [];
  const writes = ops.filter((op) => op.kind === "write");
  return writes
    .filter(isAcknowledged)
    .filter((op) => op.invokeMs >= fault.startMs && op.endMs <= fault.endMs)
    .filter((op) => !fault.possible.includes(op.type))
    .map((op) => ({
      kind: "false-acknowledgement",
      key,
      message: `${key} was acknowledged (${op.body ?? op.type}) while what holds such a write was failing.`,
      expected: op,
      writes,
    }));
}

/** What a message that is still in the queue may put right. */
function mayHeal(kind: AnomalyKind): boolean {
  return kind === "lost" || kind === "stale" || kind === "dead-lettered";
}

function describePending(keys: number): string {
  return `The queue did not drain; ${String(keys)} keys do not show their last acknowledged write yet.`;
}

function count(anomalies: readonly Anomaly[]): Record<AnomalyKind, number> {
  const counts = { lost: 0, "dead-lettered": 0, stale: 0, phantom: 0, "false-acknowledgement": 0 };
  for (const { kind } of anomalies) counts[kind] += 1;
  return counts;
}
