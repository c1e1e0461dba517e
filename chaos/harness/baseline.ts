import type { App, Effect, Workload } from "../workload-contract.ts";
import type { Pace } from "./pace.ts";
import { isEmpty } from "./pending-watch.ts";
import type { Pending } from "./pending-watch.ts";
import { readStores } from "./stores.ts";
import type { Placement, Stores } from "./stores.ts";
import { UndecidedError } from "./step-errors.ts";
import { until, UntilError } from "./until.ts";

/** What was on the stack before a run, and is not its doing. */
export interface Baseline {
  readonly stores: Stores;
  /** Whether acknowledged writes wait in anything. */
  readonly hasPending: boolean;
  /** What was given up on since then. */
  withoutFormer(givenUp: readonly Effect[]): readonly Effect[];
}

/** Before anything has been read. */
export const emptyBaseline: Baseline = {
  stores: {},
  hasPending: false,
  withoutFormer: (givenUp) => givenUp,
};

/** @throws UndecidedError when something is still pending that an earlier run has left */
export async function takeBaseline(
  workload: Workload,
  app: App,
  { settleMs, placement }: Pick<Pace, "settleMs"> & { readonly placement: Placement },
): Promise<Baseline> {
  const hasPending = await untilNothingIsPending(workload, app, settleMs);
  const former = countOf((await workload.givenUp?.(app)) ?? []);
  return {
    stores: await readStores(workload, app, placement),
    hasPending,
    withoutFormer(givenUp) {
      const left = new Map(former);
      return givenUp.filter((effect) => {
        const name = JSON.stringify(effect);
        const count = left.get(name) ?? 0;
        left.set(name, count - 1);
        return count <= 0;
      });
    },
  };
}

function countOf(effects: readonly Effect[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const effect of effects) {
    const name = JSON.stringify(effect);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** @returns whether there is anything that can be pending */
async function untilNothingIsPending(
  workload: Workload,
  app: App,
  deadlineMs: number,
): Promise<boolean> {
  let pending: Pending = {};
  const isFree = async () => {
    pending = (await workload.pending?.(app)) ?? {};
    return isEmpty(pending);
  };
  const { signal } = app;
  await until("nothing is pending before the run", isFree, { deadlineMs, signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      if (!(error instanceof UntilError) || isEmpty(pending)) throw error;
      throw new UndecidedError(
        `The queue still holds what was there before this run (${JSON.stringify(pending)}): it has to be drained or purged first.`,
      );
    },
  );
  return Object.keys(pending).length > 0;
}
