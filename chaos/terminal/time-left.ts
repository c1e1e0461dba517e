import type { Experiment } from "../harness/experiment.ts";
import type { RunProgress } from "./run-progress.ts";

/** What a run takes beside its load: opening, the wait for the queue, the look at the table. */
const besideLoadMs = 4_000;
/** From the first look at the table to the second; once a lane. */
const secondLookMs = 6_000;

/**
 * About how long the drill goes on, in milliseconds: what the runs plan, times what those that are over
 * took in proportion to their plan. A run that takes longer than it should has a second left.
 */
export function timeLeft(
  runs: readonly RunProgress[],
  { lanes, nowMs }: { readonly lanes: number; readonly nowMs: number },
): number {
  const done = runs.filter(({ endedMs }) => endedMs !== undefined);
  const planned = sum(done.map(({ run }) => planOf(run.experiment)));
  const taken = sum(done.map(({ startedMs = 0, endedMs = 0 }) => endedMs - startedMs));
  const factor = planned > 0 ? taken / planned : 1;
  const left = runs.map(({ state, startedMs = nowMs, run }) => {
    if (state === "over" || state === "resting") return 0;
    const wholeMs = planOf(run.experiment) * factor;
    return state === "waiting" ? wholeMs : Math.max(wholeMs - (nowMs - startedMs), 1_000);
  });
  const isLooking = runs.some(({ state }) => state !== "over");
  return Math.max(...left, sum(left) / Math.max(lanes, 1)) + (isLooking ? secondLookMs : 0);
}

function planOf({ load }: Experiment): number {
  return load.before.durationMs + load.during.durationMs + load.after.durationMs + besideLoadMs;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
