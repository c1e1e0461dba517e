import type { Outcome } from "../harness/journal.ts";
import type { Summary, SummaryRow } from "../report/summary.ts";
import type { Request } from "./request.ts";

/** A run as the page shows it, read from its files. Times are epoch milliseconds. */
export interface RunView {
  readonly summary: Summary;
  readonly experiments: readonly ExperimentView[];
}

export interface ExperimentView {
  readonly name: string;
  readonly row: SummaryRow;
  readonly outcome: Outcome;
  readonly title: string;
  readonly hypothesis: string;
  readonly seed: string | undefined;
  readonly startedMs: number | undefined;
  readonly endedMs: number | undefined;
  readonly target: {
    readonly endpoint: string | undefined;
    readonly region: string | undefined;
    readonly config: readonly (readonly [string, string])[];
  };
  readonly fault: FaultView;
  readonly steps: readonly StepView[];
  readonly queue: readonly QueueSample[];
  readonly looks: readonly LookView[];
  readonly anomalies: readonly AnomalyView[];
  readonly objectives: readonly ObjectiveView[];
  readonly recoveryLimitMs: number | undefined;
  readonly environment: readonly string[];
  readonly requests: readonly Request[];
  /** What could not be read, in sentences. */
  readonly gaps: readonly string[];
}

export interface FaultView {
  readonly injector: string | undefined;
  readonly failure: string | undefined;
  /** What was injected, as JSON. */
  readonly source: string | undefined;
  readonly injectedMs: number | undefined;
  readonly runningMs: number | undefined;
  readonly stopMs: number | undefined;
  readonly stoppedMs: number | undefined;
}

export interface StepView {
  readonly phase: string;
  readonly name: string;
  readonly status: string;
  readonly startedMs: number | undefined;
  readonly durationMs: number | undefined;
  readonly output: string | undefined;
  readonly error: string | undefined;
}

export interface QueueSample {
  readonly atMs: number;
  readonly total: number;
}

/** How many acknowledged writes were missing when the stores were read. */
export interface LookView {
  readonly startMs: number;
  readonly atMs: number;
  readonly missing: number;
}

export interface AnomalyView {
  readonly kind: string;
  readonly key: string;
  readonly message: string;
  /** Place in the history of the write that ought to have been shown. */
  readonly expected: Request | undefined;
  readonly read: Request | undefined;
  /** What each look showed; `undefined` where there was no item. */
  readonly looks: readonly (string | undefined)[];
  readonly writes: readonly Request[];
}

export interface ObjectiveView {
  readonly text: string;
  readonly metric: string;
  readonly limit: string;
  readonly value: string;
  readonly status: string;
}
