import { countOf } from "./count-of.ts";
import { setTimeout as wait } from "node:timers/promises";
import { CannotRunError } from "../cannot-run-error.ts";
import type { Workload } from "../workload-contract.ts";
import { nowMs } from "../harness/history.ts";
import type { Verdict } from "../harness/checker.ts";
import type { Evidence } from "../harness/evidence.ts";
import { paceOf } from "../harness/pace.ts";
import { isEmpty, watchPending } from "../harness/pending-watch.ts";
import type { PendingSample } from "../harness/pending-watch.ts";
import { untilEmpty } from "../harness/recovery.ts";
import type { Stack } from "../harness/stack.ts";
import { UndecidedError } from "../harness/step-errors.ts";
import type { Placement } from "../harness/stores.ts";
import type { ClockError } from "./clock-error.ts";
import { chooseClockError } from "./clock-error.ts";
import { isInside } from "./fault-window.ts";
import type { FaultWindow } from "./fault-window.ts";
import { FleetHistory } from "./fleet-history.ts";
import { FleetTotals } from "./fleet-totals.ts";
import { describeParts, reasonsOf } from "./describe-parts.ts";
import { judgeFleet } from "./judge-fleet.ts";
import { PhantomSearch } from "./phantom-search.ts";
import { guessPlacement, narrowTo, readByKey, readWhole } from "./store-reader.ts";
import { Tally } from "./tally.ts";

export interface CheckFleetOptions {
  readonly files: readonly string[];
  readonly stack: Stack;
  readonly workload: Workload;
  readonly window: FaultWindow | undefined;
  /** What FIS says against the experiment having run. */
  readonly problem?: string | undefined;
  /** Id of the FIS experiment, whose hits the cloud may have counted. */
  readonly experimentId?: string | undefined;
  readonly clockErrorMs: number | undefined;
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
  /** Says what is being done. */
  say(text: string): void;
}

export interface FleetResult {
  readonly verdict: Verdict;
  readonly unsafe: number;
  readonly evidenceInWindow: Evidence;
  readonly totals: FleetTotals;
  readonly clock: ClockError;
  /** What a reader has to know about the histories, a sentence each. */
  readonly notes: readonly string[];
  readonly pending: readonly PendingSample[];
  readonly history: Pick<FleetHistory, "parts">;
}

/** How long a history may seem to be ahead of this machine's clock. */
const longestWaitMs = 120_000;

/**
 * Judges the histories of several processes against the stores of their stack.
 *
 * @throws CannotRunError
 */
export async function checkFleet(options: CheckFleetOptions): Promise<FleetResult> {
  const { files, stack, workload, window, signal, temporaryFolder, say } = options;
  const totals = new FleetTotals(window);
  await using history = await FleetHistory.read(files, { folder: temporaryFolder }, (op) => {
    totals.add(op);
    signal.throwIfAborted();
  });
  const { parts } = history;
  say(
    `Read ${countOf(history.requests, "request")} of ${countOf(parts.length, "process", "processes")}.`,
  );
  const clock = chooseClockError(parts, options.clockErrorMs);
  await untilPast(totals.lastMs + clock.ms, signal);
  const tally = new Tally((op) => window !== undefined && isInside(op, window, clock.ms));
  for (const reason of reasonsOf(parts, clock.ms)) tally.addReason(reason);
  const queue = await drain(options);
  if (!queue.drained) tally.addReason(queue.reason);
  // What was sent, or has waited, last may still do harm for so long.
  const quietMs =
    Math.max(totals.lastMs, queue.emptySinceMs) + paceOf(stack.target).harmMs + clock.ms;
  const app = stack.app.during(signal);
  const givenUp = (await workload.givenUp?.(app)) ?? [];
  const reader = { workload, app, deadlineMs: Math.max(120_000, paceOf(stack.target).deadlineMs) };
  const common = {
    ...{ history, workload, givenUp, tally, temporaryFolder },
    drained: queue.drained,
    clockErrorMs: clock.ms,
  };
  const notes: string[] = [];
  const known = parts.find(({ worker }) => worker?.placement)?.worker?.placement;
  if (workload.truthOf) {
    const look = readByKey(reader, known ?? "every");
    await judgeFleet({
      ...common,
      firstLook: look,
      secondLook: look,
      untilSecondLook: () => untilPast(quietMs, signal),
    });
  } else {
    const isWritten = isOf(parts.map(({ worker }) => worker?.keyPrefix));
    const every = await readWhole(reader, "every");
    const placement: Placement = known ?? guessPlacement(every.stores, isWritten);
    const first = placement === "every" ? every : await readWhole(reader, placement);
    await untilPast(quietMs, signal);
    const second = await readWhole(reader, placement);
    const phantoms = new PhantomSearch(parts, [first, second]);
    await judgeFleet({
      ...common,
      firstLook: (keys) => Promise.resolve(narrowTo(first, keys)),
      secondLook: (keys) => Promise.resolve(narrowTo(second, keys)),
      onKeys: (keys) => {
        phantoms.exclude(keys);
      },
    });
    for (const phantom of phantoms.found()) tally.addAnomaly(phantom);
    const items = Object.values(second.stores).reduce((sum, { size }) => sum + size, 0);
    notes.push(
      `The workload has no truthOf, so the stores were read whole: ${countOf(items, "item")} in memory at a time.`,
    );
  }
  if (window) await assertFaultFired(options, totals, tally);
  return {
    verdict: tally.verdict(totals.acknowledged, clock.ms),
    unsafe: tally.unsafe,
    evidenceInWindow: tally.evidenceInWindow,
    ...{ totals, clock },
    notes: [...describeParts(parts), ...notes],
    pending: queue.samples,
    history: { parts },
  };
}

/** Whether a key begins with one of these; with none of them known, whether it is there at all. */
function isOf(prefixes: readonly (string | undefined)[]): (key: string) => boolean {
  const known = prefixes.filter((prefix) => prefix !== undefined);
  return (key) => known.length < prefixes.length || known.some((prefix) => key.includes(prefix));
}

async function untilPast(ms: number, signal: AbortSignal): Promise<void> {
  const aheadMs = ms - nowMs();
  if (aheadMs <= 0) return;
  if (aheadMs > longestWaitMs)
    throw new CannotRunError(
      `The histories have requests that ended ${(aheadMs / 1000).toFixed(0)} s from now, as this machine's clock tells: the times have to be milliseconds since 1970, and clocks right within --clock-error.`,
    );
  await wait(aheadMs + 1, undefined, { signal });
}

interface Drained {
  readonly drained: boolean;
  /** Since when nothing has been pending, as far as was seen. */
  readonly emptySinceMs: number;
  readonly reason: string;
  readonly samples: readonly PendingSample[];
}

/** Waits until nothing is pending, for as long as a drill would. */
async function drain({ workload, stack, signal, say }: CheckFleetOptions): Promise<Drained> {
  const pending = (await workload.pending?.(stack.app.during(signal))) ?? {};
  if (Object.keys(pending).length === 0)
    return { drained: true, emptySinceMs: 0, reason: "", samples: [] };
  if (!isEmpty(pending)) say(`Waiting for what is pending: ${JSON.stringify(pending)}.`);
  const pace = paceOf(stack.target);
  const watch = watchPending(workload, stack.app, pace);
  try {
    const emptySinceMs = await untilEmpty(watch, {
      sinceMs: 0,
      forMs: pace.settleMs,
      deadlineMs: Math.max(90_000, pace.drainDeadlineMs),
      signal,
    });
    return { drained: true, emptySinceMs, reason: "", samples: watch.samples };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UndecidedError)) throw error;
    const last = JSON.stringify(watch.samples.at(-1) ?? {});
    return {
      drained: false,
      emptySinceMs: 0,
      reason: `The queue did not drain (${last}): what it holds may yet arrive.`,
      samples: watch.samples,
    };
  } finally {
    await watch.close();
  }
}

/** Without a sign of the fault, nothing was tried in its window. */
async function assertFaultFired(
  { stack, experimentId, problem }: CheckFleetOptions,
  totals: FleetTotals,
  tally: Tally,
): Promise<void> {
  if (problem !== undefined) tally.addReason(problem);
  const fired = experimentId === undefined ? undefined : await stack.firedBy(experimentId);
  if (totals.faultSigns === 0 && (fired ?? 0) === 0)
    tally.addReason(
      "The fault never fired: no request of its window was answered as only a fault would have it.",
    );
  else if (tally.evidenceInWindow.all === 0 && totals.acknowledged > 0)
    tally.addReason(
      "No write that was acknowledged while the fault was in effect was able to show its loss.",
    );
}
