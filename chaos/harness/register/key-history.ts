import type { Op } from "../history.ts";

/** A write that may have been accepted; one that certainly was not (`fail`) is none. */
export interface Write {
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly type: "ok" | "queued" | "info";
  readonly value: string | undefined;
  readonly op: Op;
}

/** What a read, or a look at the table, showed. An absent item shows as undefined. */
export interface Observation {
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly value: string | undefined;
  /** The read; absent for a look. */
  readonly op?: Op;
  /** Which look it was, from 0 on; absent for a read. */
  readonly look?: number;
}

/** What happened to one key, in the words of docs/history-model.md. */
export interface KeyHistory {
  readonly key: string;
  /** In the order in which they were sent. */
  readonly writes: readonly Write[];
  readonly observations: readonly Observation[];
  /** The value from before the run; undefined when there was no item. */
  readonly initial: string | undefined;
  /** What each look at the table showed, whatever is judged of it. */
  readonly looks: readonly (string | undefined)[];
  /** Whether the queue was empty before the looks, so that they show everything that it took. */
  readonly drained: boolean;
}

export interface KeyHistoryInput {
  readonly key: string;
  readonly ops: readonly Op[];
  readonly initial: string | undefined;
  readonly looks: readonly {
    readonly startMs: number;
    readonly endMs: number;
    readonly value: string | undefined;
  }[];
  /** Whether the looks count as observations; they are shown in any case. */
  readonly judgesLooks: boolean;
  readonly drained: boolean;
  /** How far a sender's clock may be off that of the looks: widens requests on both sides. */
  readonly clockErrorMs: number;
}

export function toKeyHistory(input: KeyHistoryInput): KeyHistory {
  const { key, ops, initial, looks, judgesLooks, drained, clockErrorMs } = input;
  const writes: Write[] = [];
  const observations: Observation[] = [];
  for (const op of ops) {
    const { type, value } = op;
    const times = { sentMs: op.invokeMs - clockErrorMs, answeredMs: op.endMs + clockErrorMs };
    if (op.kind === "read") {
      if (isTelling(op)) observations.push({ ...times, value, op });
    } else if (type !== "fail") writes.push({ ...times, type, value, op });
  }
  if (judgesLooks)
    looks.forEach(({ startMs, endMs, value }, look) => {
      observations.push({
        sentMs: startMs,
        answeredMs: endMs,
        value,
        look,
      });
    });
  writes.sort((a, b) => a.sentMs - b.sentMs);
  return { key, writes, observations, initial, looks: looks.map(({ value }) => value), drained };
}

/** Whether a read says what the table has: a value, or that it has none (404, or no product). */
export function isTelling({ type, status }: Op): boolean {
  return type === "ok" || (type === "fail" && (status === undefined || status === 404));
}
