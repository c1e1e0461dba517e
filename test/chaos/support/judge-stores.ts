import { judgeRun } from "../../../chaos/harness/judge/judge-run.ts";
import type { RunInput } from "../../../chaos/harness/judge/run-input.ts";
import type { Verdict } from "../../../chaos/harness/checker.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import type { Stores } from "../../../chaos/harness/stores.ts";
import type { Effect, Found } from "../../../chaos/workload-contract.ts";
import { write } from "./op.ts";

export type Contents = Readonly<Record<string, Readonly<Record<string, Found>>>>;

export interface JudgeOptions extends Partial<Omit<RunInput, "history" | "initial" | "looks">> {
  readonly initial?: Contents;
}

/** Judges a history by what each look showed of each store; the looks come long after it. */
export function judgeStores(
  history: readonly Op[],
  looks: readonly Contents[],
  { initial = {}, ...more }: JudgeOptions = {},
): Verdict {
  return judgeRun({
    history,
    initial: toStores(initial),
    looks: looks.map((contents, index) => ({
      startMs: 1_000 + 10 * index,
      endMs: 1_001 + 10 * index,
      stores: toStores(contents),
    })),
    givenUp: [],
    drained: true,
    faultFired: true,
    ...more,
  });
}

/** A write with these effects, acknowledged by the database unless said otherwise. */
export function effect(
  effects: Effect | readonly Effect[],
  times: readonly [number, number],
  more: Partial<Op> = {},
): Op {
  const list = Array.isArray(effects) ? (effects as readonly Effect[]) : [effects as Effect];
  return { ...withoutValue(write(list[0]?.key ?? "unknown", "", times, more)), effects: list };
}

/** A read of `a` that found this; nothing is a 404. */
export function sight(found: Found, times: readonly [number, number]): Op {
  const op = withoutValue(write("a", "", times, { kind: "read", status: 200 }));
  if (found === undefined) return { ...op, type: "fail", status: 404 };
  return typeof found === "string" ? { ...op, value: found } : { ...op, found };
}

function withoutValue({ value, ...op }: Op): Op {
  void value;
  return op;
}

function toStores(contents: Contents): Stores {
  return Object.fromEntries(
    Object.entries(contents).map(([store, values]) => [
      store,
      new Map(Object.entries(values).filter(([, found]) => found !== undefined)),
    ]),
  );
}
