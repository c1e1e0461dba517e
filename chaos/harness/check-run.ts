import type { Found } from "../workload-contract.ts";
import type { Verdict } from "./checker.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import { judgeRun } from "./judge/judge-run.ts";
import { effectsOf } from "./effects.ts";
import type { StoreLook, Stores } from "./stores.ts";
import { isAws } from "./target.ts";

export interface RunState {
  /** From before the first request. */
  readonly initial: Stores;
  /** At least one, in the order in which they were taken. */
  readonly looks: readonly StoreLook[];
  readonly drained: boolean;
}

/** Checks the history of a run against what the stores have, and what was given up on. */
export async function checkRun(run: ExperimentRun, state: RunState): Promise<Verdict> {
  const { history, windows, experiment, workload } = run;
  const { runningMs, stopMs } = windows;
  const concerns = concernOf(run, state.initial);
  return judgeRun({
    history: history.ops,
    initial: narrow(state.initial, concerns),
    looks: state.looks.map((look) => ({ ...look, stores: narrow(look.stores, concerns) })),
    givenUp: await run.givenUp(),
    ordered: workload.ordered === true,
    drained: state.drained,
    faultFired: run.faultFired,
    ...(runningMs !== undefined &&
      stopMs !== undefined && {
        fault: { startMs: runningMs, endMs: stopMs, possible: experiment.possibleAcknowledgements },
      }),
  });
}

type Concerns = (store: string, key: string) => boolean;

function narrow(stores: Stores, concerns: Concerns): Stores {
  return Object.fromEntries(
    Object.entries(stores).map(([store, all]) => [
      store,
      new Map<string, Found>([...all].filter(([key]) => concerns(store, key))),
    ]),
  );
}

/**
 * What a run answers for: its own keys and, on an emulated cloud, everything that was there before it
 * or has come since, except what the drill's other runs wrote, whose late writes are their own matter.
 * Stores on AWS may have other writers.
 */
function concernOf(run: ExperimentRun, initial: Stores): Concerns {
  const { history, keyPrefix, target, siblings } = run;
  const keys = new Set(
    history.ops.flatMap((op) => [op.key, ...effectsOf(op).map(({ key }) => key)]),
  );
  const others = [...siblings];
  const isSiblings = (key: string) => others.some((each) => each.owns(key));
  return (store, key) =>
    keys.has(key) ||
    key.includes(keyPrefix) ||
    (!isAws(target) && (initial[store]?.has(key) === true || run.choosesKeys) && !isSiblings(key));
}
