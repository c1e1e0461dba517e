import type { ExperimentLoad } from "./experiment.ts";
import type { KeyCounts } from "./key-plan.ts";

export interface ShortLoadArgs {
  /** How long the fault is in effect. */
  readonly faultMs?: number;
  /** Writes while it is. */
  readonly writesPerSecond?: number;
  readonly keys?: Partial<KeyCounts>;
  /** How long the load goes on after it. */
  readonly afterMs?: number;
}

/** The load of an experiment whose fault lasts seconds, for a machine that does everything at once. */
export function shortLoad({
  faultMs = 2_500,
  writesPerSecond = 40,
  keys = {},
  afterMs = 1_000,
}: ShortLoadArgs = {}): ExperimentLoad {
  const healthy = { writesPerSecond: 30, readsPerSecond: 15 };
  return {
    keys: { hot: 6, handover: 8, faultOnly: 8, ...keys },
    before: { durationMs: 1_000, ...healthy },
    during: { durationMs: faultMs, writesPerSecond, readsPerSecond: 10 },
    after: { durationMs: afterMs, ...healthy },
    timeoutMs: 10_000,
  };
}
