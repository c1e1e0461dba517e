import type { AnomalyCounts } from "./anomaly.ts";
import type { Verdict } from "./checker.ts";
import type { Evidence } from "./evidence.ts";
import type { ExperimentLoad } from "./experiment.ts";
import type { Phase } from "./history.ts";
import type { InjectionEnd } from "./injector.ts";
import type { LatencySummary } from "./latency-summary.ts";
import type { PendingSample } from "./pending-watch.ts";
import type { StepPhase } from "./steps.ts";
import type { JudgedObjective } from "../objectives/objective.ts";
import type { DebtSample } from "./store-watch.ts";

/**
 * - `held`: everything that was expected held, and the history is valid.
 * - `not-held`: something did not hold, or a write was lost, stale or falsely acknowledged.
 * - `unknown`: the run cannot tell: the queue did not drain, or the fault never fired.
 * - `not-applicable`: this stack, or its cloud, cannot be tried in this way; nothing was done.
 */
export type Outcome =
  "held" | "not-held" | "unknown" | "not-applicable" | "could-not-run" | "interrupted";

export type StepStatus = "passed" | "failed" | "unknown" | "not-applicable" | "error" | "skipped";

export interface JournalStep {
  readonly phase: StepPhase;
  readonly name: string;
  readonly status: StepStatus;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** What was measured. */
  readonly output?: unknown;
  readonly error?: string;
}

/** Everything about one run: read alone, it retells it. The requests are in the history beside it. */
export interface Journal {
  readonly experiment: string;
  readonly title: string;
  readonly hypothesis: string;
  readonly outcome: Outcome;
  /** What keys, payloads, their order and the dice of the fault came from: `--seed`. */
  readonly seed: string;
  /** Begins every key that the load wrote. */
  readonly keyPrefix: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly target: {
    /** Absent for AWS itself. */
    readonly endpoint?: string;
    readonly region: string;
    readonly config: Readonly<Record<string, string>>;
  };
  readonly fault: {
    /** The way in which the fault was injected, such as "FIS"; absent when none was found. */
    readonly injector?: string;
    /** The kind of failure that it is to those who meet it. */
    readonly failure?: string;
    /** What was injected: a template, rules, or the id of a template. */
    readonly source?: unknown;
    readonly id?: string;
    readonly end?: InjectionEnd;
    /** ISO 8601 of what the run saw: asked for, in effect, asked to stop, over. */
    readonly injectedAt?: string;
    readonly runningAt?: string;
    readonly stopRequestedAt?: string;
    readonly stoppedAt?: string;
  };
  readonly load: ExperimentLoad;
  readonly steps: readonly JournalStep[];
  readonly measurements: Measurements;
  /** Limits beside what was measured: those of every drill, and those that were demanded. */
  readonly objectives: readonly JudgedObjective[];
  readonly verdict?: Verdict;
  /** Each anomaly of the verdict as a text: what was sent, when acknowledged, what the table has. */
  readonly anomalies?: readonly string[];
  /** What was pending, from the fault on. */
  readonly queueDepth: readonly PendingSample[];
  /** How many acknowledged writes the stores did not show, from the end of the fault on. */
  readonly looks?: readonly DebtSample[];
  /** What the experiment asks for. */
  readonly limits?: { readonly recoveryMs: number };
  readonly rollbacks: readonly JournalStep[];
  readonly environment: { readonly node: string; readonly platform: string };
}

export interface Measurements {
  readonly requests: number;
  readonly acknowledged: number;
  /** Absent when the history could not be checked, or not decided. */
  readonly lost?: number;
  readonly stale?: number;
  /** Acknowledged writes of which an anomaly says that they are not safe. */
  readonly unsafe?: number;
  /** Anomalies by their kinds. */
  readonly counts?: AnomalyCounts;
  readonly evidence?: Evidence;
  /** The bound of the clocks' error that was granted; absent when it is zero. */
  readonly clockErrorMs?: number;
  /** From the end of the fault until writes went straight in and the queue was empty. */
  readonly recoveryMs?: number;
  readonly latency: Readonly<Partial<Record<Phase, LatencySummary>>>;
}

/**
 * What the steps and the verdict come to. When the fault never fired, what was expected during it
 * says nothing.
 */
export function outcomeOf(
  steps: readonly Pick<JournalStep, "phase" | "status">[],
  verdict: Verdict | undefined,
  faultFired: boolean,
): Exclude<Outcome, "interrupted"> {
  const telling = faultFired ? steps : steps.filter(({ phase }) => phase !== "fault");
  if (verdict?.result === "invalid" || telling.some(({ status }) => status === "failed"))
    return "not-held";
  if (steps.some(({ status }) => status === "error")) return "could-not-run";
  if (steps.some(({ phase, status }) => phase === "preparation" && status === "not-applicable"))
    return "not-applicable";
  const isCertain = steps.every(({ status }) => status === "passed" || status === "not-applicable");
  return verdict?.result === "valid" && isCertain ? "held" : "unknown";
}
