import type { App, Effect } from "../workload-contract.ts";
import type { Verdict } from "./checker.ts";
import type { Op, Phase } from "./history.ts";
import type { FaultForm } from "./injector.ts";
import type { LatencySummary } from "./latency-summary.ts";
import type { Stores } from "./stores.ts";
import type { Target } from "./target.ts";

/** What a check can see and do. */
export interface CheckContext {
  /** Begins every key of this run's load, and of no other run's. */
  readonly keyPrefix: string;
  readonly target: Target;
  /** The application, for calls that become no part of the history. */
  readonly app: App;
  /** Whether the workload has reads. */
  readonly hasReads: boolean;
  /** What the fault of this run looks like. */
  readonly fault: FaultForm;
  /** Requests that were sent and answered while the phase lasted, its edges left out. */
  within(phase: Phase): readonly Op[];
  /** Requests that were sent while the phase lasted, answered whenever. */
  sentIn(phase: Phase): readonly Op[];
  latency(phase: Phase): LatencySummary | undefined;
  /** Sends a write of the workload's, which becomes part of the history. */
  write(write: unknown): Promise<Op>;
  /** Sends a read, which becomes part of the history. */
  read(key: string): Promise<Op>;
  /** What the stores have now. */
  truth(): Promise<Stores>;
  /** What has been given up on since the run began. */
  givenUp(): Promise<readonly Effect[]>;
  /** Throws until the history has been checked. */
  verdict(): Verdict;
}
