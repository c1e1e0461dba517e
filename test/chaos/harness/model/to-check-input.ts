import type { CheckInput } from "../../../../chaos/harness/check-input.ts";
import type { SmallHistory } from "./brute-force-checker.ts";

/** A small history as the drill's checker takes it. */
export function toCheckInput(history: SmallHistory): CheckInput {
  const { ops, initial, looks, deadLetters, drained, clockErrorMs } = history;
  return {
    history: ops,
    initialTable: toTable(initial),
    looks: looks.map(({ startMs, endMs, value }) => ({ startMs, endMs, table: toTable(value) })),
    deadLetters: deadLetters.map((value) => ({ key: "key", value })),
    drained,
    faultFired: true,
    clockErrorMs,
  };
}

function toTable(value: string | undefined): Map<string, string> {
  return new Map(value === undefined ? [] : [["key", value]]);
}
