import { validationError } from "./errors.ts";
import type { Experiment } from "./experiment-store.ts";
import { hasEnded } from "./experiment-store.ts";
import type { ExperimentRunner } from "./experiment-runner.ts";
import type { Tags } from "./template-schema.ts";

/** Tags of an experiment that a drill has started. AWS has neither: there they are only text. */
export const ownerTag = "outage-drill:owner";
export const leaseTag = "outage-drill:lease-until";

/** Longest delay of a timer of Node. */
const longestTimerMs = 2 ** 31 - 1;

/** Ends experiments whose starter no longer renews the lease that it has put into their tags. */
export interface ExperimentLeases {
  /**
   * Reads the lease of an experiment that has started or whose tags have changed. The lease is an
   * ISO 8601 time; from here on it counts on a monotonic clock.
   */
  watch(experiment: Experiment): void;
  close(): void;
}

export function createExperimentLeases(runner: ExperimentRunner): ExperimentLeases {
  const timers = new Map<Experiment, NodeJS.Timeout>();
  return {
    watch(experiment) {
      clearTimeout(timers.get(experiment));
      timers.delete(experiment);
      const until = experiment.tags[leaseTag];
      if (until === undefined || hasEnded(experiment)) return;
      const owner = experiment.tags[ownerTag];
      const expire = (): void => {
        timers.delete(experiment);
        runner.stop(
          experiment,
          `The lease of this experiment ended at ${until} and ${owner === undefined ? "its owner" : `its owner (${owner})`} has not renewed it.`,
        );
      };
      const leftMs = Date.parse(until) - Date.now();
      if (leftMs <= 0) expire();
      else timers.set(experiment, setTimeout(expire, Math.min(leftMs, longestTimerMs)).unref());
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** @throws ValidationException for a lease that is no time, which would never end */
export function validateLease({ [leaseTag]: until }: Tags): void {
  if (until === undefined) return;
  if (/^\d{4}-\d{2}-\d{2}T/.test(until) && !Number.isNaN(Date.parse(until))) return;
  throw validationError(
    `The tag ${leaseTag} must be an ISO 8601 time such as 2026-01-31T12:00:30Z, not "${until}".`,
  );
}
