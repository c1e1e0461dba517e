import type { Look } from "./check-input.ts";
import { check } from "./checker.ts";
import type { Verdict } from "./checker.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import { nowMs } from "./history.ts";
import type { Item } from "./probes/scan-table.ts";
import { findProduct, productValue } from "./product.ts";
import { tableValues } from "./table-values.ts";

export interface RunState {
  /** From before the first request. */
  readonly initialItems: ReadonlyMap<string, Item>;
  readonly drained: boolean;
}

/** Reads the table and the dead-letter queue, and checks the history of a run against them. */
export async function checkRun(run: ExperimentRun, state: RunState): Promise<Verdict> {
  const { history, keyPrefix, windows, experiment } = run;
  const keys = new Set(history.ops.map(({ key }) => key));
  const concerns = (key: string) => keys.has(key) || key.startsWith(keyPrefix);
  const { runningMs, stopMs } = windows;
  const startMs = nowMs();
  const items = await run.scan();
  const look: Look = { startMs, endMs: nowMs(), table: tableValues(items, concerns) };
  return check({
    history: history.ops,
    looks: [look],
    initialTable: tableValues(state.initialItems, concerns),
    deadLetters: (await run.deadLetters()).flatMap(({ body }) => {
      const product = findProduct(body);
      return product ? [{ key: product.id, value: productValue(product) }] : [];
    }),
    drained: state.drained,
    faultFired: run.faultFired,
    ...(runningMs !== undefined &&
      stopMs !== undefined && {
        fault: { startMs: runningMs, endMs: stopMs, possible: experiment.possibleAcknowledgements },
      }),
  });
}
