import type { CheckInput } from "../../../chaos/harness/check-input.ts";
import { check } from "../../../chaos/harness/checker.ts";
import type { Verdict } from "../../../chaos/harness/checker.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import { write } from "./op.ts";

type Values = Readonly<Record<string, string>>;

/** Judges a history by what each look at the table showed; the looks come long after it. */
export function judge(
  history: readonly Op[],
  looks: readonly Values[],
  { initial = {}, ...more }: Partial<CheckInput> & { readonly initial?: Values } = {},
): Verdict {
  return check({
    history,
    initialTable: new Map(Object.entries(initial)),
    looks: looks.map((values, index) => ({
      startMs: 1_000 + 10 * index,
      endMs: 1_001 + 10 * index,
      table: new Map(Object.entries(values)),
    })),
    drained: true,
    faultFired: true,
    ...more,
  });
}

/** A read of `a`; without a value it found nothing. */
export function read(value: string | undefined, times: readonly [number, number]): Op {
  const op = write("a", value ?? "", times, { kind: "read", status: 200 });
  if (value !== undefined) return op;
  const { value: _nothing, ...rest } = { ...op, type: "fail" as const, status: 404 };
  void _nothing;
  return rest;
}

export function kinds({ anomalies }: Pick<Verdict, "anomalies">): string[] {
  return anomalies.map(({ kind }) => kind);
}
