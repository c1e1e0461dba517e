import type { Look } from "./check-input.ts";
import { check } from "./checker.ts";
import type { Verdict } from "./checker.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import { nowMs } from "./history.ts";
import type { Item } from "./probes/scan-table.ts";
import { findProduct, productValue } from "./product.ts";
import { tableValues } from "./table-values.ts";
import { isAws } from "./target.ts";

export interface RunState {
  /** From before the first request. */
  readonly initialItems: ReadonlyMap<string, Item>;
  /** At least one, in the order in which they were taken. */
  readonly looks: readonly Look[];
  readonly drained: boolean;
}

/** Reads the whole table, consistently. */
export async function lookAtTable(
  run: ExperimentRun,
  initialItems: RunState["initialItems"],
): Promise<Look> {
  const startMs = nowMs();
  const items = await run.scan();
  return { startMs, endMs: nowMs(), table: tableValues(items, concernOf(run, initialItems)) };
}

/** Checks the history of a run against what the table and the dead-letter queue have. */
export async function checkRun(run: ExperimentRun, state: RunState): Promise<Verdict> {
  const { history, windows, experiment } = run;
  const { runningMs, stopMs } = windows;
  return check({
    history: history.ops,
    looks: state.looks,
    initialTable: tableValues(state.initialItems, concernOf(run, state.initialItems)),
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

/**
 * What a run answers for: its own keys and, on an emulated cloud, every item that was there before
 * it, except those of the drill's other runs, whose late writes are their own matter. A table on AWS
 * may have other writers.
 */
function concernOf(run: ExperimentRun, initialItems: RunState["initialItems"]) {
  const { history, keyPrefix, target, siblingPrefixes } = run;
  const keys = new Set(history.ops.map(({ key }) => key));
  const isSiblings = (key: string) => [...siblingPrefixes].some((each) => key.startsWith(each));
  return (key: string) =>
    keys.has(key) ||
    key.startsWith(keyPrefix) ||
    (!isAws(target) && initialItems.has(key) && !isSiblings(key));
}
