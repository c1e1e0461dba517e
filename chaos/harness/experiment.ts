import type { CheckContext } from "./check-context.ts";
import type { Op, OpType } from "./history.ts";
import type { FaultForm } from "./injector.ts";
import type { Target } from "./target.ts";
import type { KeyCounts } from "./key-plan.ts";
import type { Backlog, LoadRate } from "./load.ts";
import type { ExperimentTemplate } from "../../infra/outputs.ts";

/**
 * A hypothesis and how it is tried: data for `ExperimentRun`, which knows no scenario.
 *
 * @example
 * export const topicOutage: Experiment = {
 *   name: "topic-outage",
 *   title: "SNS fails every call",
 *   hypothesis: "Writes go on straight into the table",
 *   template: (templates) => templates["topic-outage"],
 *   config: {},
 *   load: {
 *     keys: { hot: 10, handover: 10, faultOnly: 8 },
 *     before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
 *     during: { durationMs: 3_000, writesPerSecond: 20, readsPerSecond: 10 },
 *     after: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
 *     timeoutMs: 5_000,
 *   },
 *   drainDeadlineMs: 30_000,
 *   faultSign: (op) => op.type === "info",
 *   possibleAcknowledgements: ["ok"],
 *   checks: { before: [isSteady("before")], during: [isSteady("during")], after: [], verify: [] },
 * };
 */
export interface Experiment {
  /** The scenario: kebab-case, as its folder is called. */
  readonly name: string;
  readonly title: string;
  /** What ought to hold, in one sentence. */
  readonly hypothesis: string;
  /** What must hold beside that, such as "recovery<10s"; docs/objectives.md has the metrics. */
  readonly objectives?: readonly string[];
  /** Whether it runs without being asked for by name or by `--all`. */
  readonly inStandardSet?: boolean;
  /**
   * Whether it keeps the machine busy and judges no times: it then gets a cloud to itself, which leaves
   * the processors to the others.
   */
  readonly isPatient?: boolean;
  /**
   * Whether the application may meet the fault without any answer showing it; the cloud is asked then
   * how many calls it has hit.
   */
  readonly mayFireUnseen?: boolean;
  /** Whether the workload itself is tried before any fault: it may come from anyone. */
  readonly testsWorkload?: boolean;
  /** Why the experiment cannot be tried on this stack; undefined when it can. */
  whyNotOn?(target: Target): string | undefined;
  /** 2 for the second run of it in one drill, and so on. */
  readonly repetition?: number;
  /** The FIS template, out of those that the stack exports; absent when only AWS's actions do this. */
  template?(
    templates: Readonly<Record<string, ExperimentTemplate>>,
  ): ExperimentTemplate | undefined;
  /** The same fault by AWS's own actions; absent when AWS has none that does this. */
  readonly stackTemplate?: StackTemplateUse;
  /** Configuration of the stack, where it differs from the program's defaults. */
  readonly config: Readonly<Record<string, string>>;
  readonly load: ExperimentLoad;
  /** How long after the fault the queue may take to drain and writes to go straight in again. */
  readonly drainDeadlineMs: number;
  /**
   * How long the queue must have been empty to count as drained, where the topic may still hold
   * messages: longer than it waits between two deliveries. Default: 0.
   */
  readonly quietMs?: number;
  /** Whether this request was answered as only the fault would have it. */
  faultSign(op: Op, fault: FaultForm): boolean;
  /** The acknowledgements that can be true while the fault is in effect. */
  readonly possibleAcknowledgements: readonly OpType[];
  readonly checks: {
    /** The steady state; the fault is injected only if it holds. */
    readonly before: readonly Check[];
    readonly during: readonly Check[];
    readonly after: readonly Check[];
    /** After the queue has drained and the history has been checked. */
    readonly verify: readonly Check[];
  };
}

/** Such as `outage`, and `outage-2` for the second run of it in one drill. */
export function nameOfRun({ name, repetition }: Pick<Experiment, "name" | "repetition">): string {
  return repetition === undefined ? name : `${name}-${String(repetition)}`;
}

/** One of the FIS templates that a stack creates, with AWS's own actions. */
export interface StackTemplateUse {
  /** Its scenario in the stack's `experimentTemplateIds`. */
  readonly scenario: string;
  /** What the application meets, as in "DynamoDB denies the functions with AccessDeniedException". */
  readonly failure: string;
}

export interface ExperimentLoad {
  readonly keys: KeyCounts;
  readonly before: LoadPhase;
  readonly during: LoadPhase;
  readonly after: LoadPhase;
  /** After this long the caller gives a request up. */
  readonly timeoutMs: number;
}

export interface LoadPhase extends LoadRate {
  readonly durationMs: number;
  /** Writes beside the rate, as fast as they are answered; the phase lasts until the last of them. */
  readonly backlog?: Backlog;
}

/** Something that must hold. */
export interface Check {
  /** A plain statement, as in "every POST is answered from the queue". */
  readonly name: string;
  /** What it holds a measurement against, in the form of an objective, as in "after.p95<2s". */
  readonly limit?: string;
  /** Checks of a phase run while it lasts (`early`) or when its load has been sent (the default). */
  readonly early?: boolean;
  /**
   * Throws a `NotHeldError` when it does not hold, and a `NotApplicableError` when the injected fault
   * says nothing about it; what it returns goes into the journal.
   */
  run(context: CheckContext): unknown;
}
