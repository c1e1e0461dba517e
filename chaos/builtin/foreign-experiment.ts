import type { ExperimentTemplate } from "../../infra/outputs.ts";
import { isSteady, nothingLostNothingStale } from "../harness/checks.ts";
import type { Experiment, ExperimentLoad } from "../harness/experiment.ts";

/** Enough writes for each class of keys; the fault lasts longer than one slow call. */
const load: ExperimentLoad = {
  keys: { hot: 6, handover: 6, faultOnly: 6 },
  before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
  during: { durationMs: 5_000, writesPerSecond: 20, readsPerSecond: 5 },
  after: { durationMs: 2_000, writesPerSecond: 20, readsPerSecond: 10 },
  timeoutMs: 10_000,
};

export interface ForeignExperiment {
  readonly name: string;
  readonly title: string;
  /** Absent where the stack itself has one. */
  readonly template?: ExperimentTemplate;
}

/**
 * An experiment on an application of which nothing is known but its workload: whether requests fail
 * while the fault is in effect is the application's own matter; what it acknowledges has to be safe.
 */
export function foreignExperiment({ name, title, template }: ForeignExperiment): Experiment {
  return {
    name,
    title,
    inStandardSet: true,
    testsWorkload: true,
    mayFireUnseen: true,
    hypothesis: `while ${title}, nothing that is acknowledged gets lost, stale or doubled`,
    ...(template && { template: () => template }),
    config: {},
    load,
    drainDeadlineMs: 90_000,
    faultSign: (op) => op.type === "info" || op.type === "fail",
    possibleAcknowledgements: ["ok", "queued"],
    checks: {
      before: [isSteady("before")],
      during: [],
      after: [],
      verify: [nothingLostNothingStale],
    },
  };
}
