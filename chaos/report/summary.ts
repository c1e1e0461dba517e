import { firstOfEachKind } from "./first-of-each-kind.ts";
import type { Drill } from "../drill.ts";
import type { Evidence } from "../harness/evidence.ts";
import type { Journal, Measurements, Outcome } from "../harness/journal.ts";
import { totalEvidence } from "./total-evidence.ts";
import type { JudgedObjective } from "../objectives/objective.ts";

/** What `npm run chaos` says in the end: the table, `--json` and `reports/chaos.json`. */
export interface Summary {
  /** 0 all that could be tried held, 1 something did not hold, 2 unknown, 3 could not run, 130 interrupted. */
  readonly exitCode: number;
  /** What all dice of the drill came from. */
  readonly seed: string;
  /** The command line that the drill was started with. */
  readonly arguments?: readonly string[];
  /** Of all experiments together; absent when none was judged. */
  readonly evidence?: Evidence;
  /** Not run, because an earlier one did not hold; absent when all were. */
  readonly notRun?: readonly string[];
  readonly experiments: readonly SummaryRow[];
}

export interface SummaryRow extends Partial<Measurements> {
  readonly experiment: string;
  readonly outcome: Outcome;
  /** What its dice came from; absent when it did not begin. */
  readonly seed?: string;
  readonly verdict?: "valid" | "invalid" | "unknown";
  /** The way in which the fault was injected; absent when it was not. */
  readonly injector?: string;
  /** The kind of failure that was injected; absent when none was. */
  readonly failure?: string;
  /** Why the experiment cannot be had on this target. */
  readonly notApplicable?: string;
  /** Limits beside what was measured: those of every drill, and those that were demanded. */
  readonly objectives?: readonly JudgedObjective[];
  /** Each step that did not pass, with its reason. */
  readonly problems: readonly string[];
  /** The first three anomalies of each kind, with every request of their keys; the journal has all. */
  readonly anomalies: readonly string[];
  /** Files beside the report. */
  readonly journal?: string;
  readonly history?: string;
}

export function summarize({
  seed,
  journals,
  failures,
  notRun = [],
}: Pick<Drill, "seed" | "journals" | "failures"> & Partial<Pick<Drill, "notRun">>): Summary {
  const experiments = [
    ...journals.map(toRow),
    ...failures.map(({ experiment, error }): SummaryRow => ({
      experiment,
      outcome: "could-not-run",
      problems: [String(error)],
      anomalies: [],
    })),
  ];
  return summarizeRows(experiments, seed, notRun);
}

/**
 * A summary of rows that are known already.
 *
 * @param notRun names of experiments that were left out
 */
export function summarizeRows(
  experiments: readonly SummaryRow[],
  seed: string,
  notRun: readonly string[] = [],
): Summary {
  const evidence = totalEvidence(experiments);
  return {
    exitCode: exitCode(experiments.map(({ outcome }) => outcome)),
    seed,
    ...(evidence && { evidence }),
    ...(notRun.length > 0 && { notRun }),
    experiments,
  };
}

export function exitCode(outcomes: readonly Outcome[]): number {
  if (outcomes.includes("interrupted")) return 130;
  if (outcomes.includes("not-held")) return 1;
  if (outcomes.includes("could-not-run")) return 3;
  if (outcomes.includes("unknown")) return 2;
  return outcomes.includes("held") ? 0 : 3;
}

function toRow(journal: Journal): SummaryRow {
  const steps = [...journal.steps, ...journal.rollbacks];
  const { injector, failure, id } = journal.fault;
  const wasInjected = id !== undefined;
  const refused = journal.steps.find(
    ({ phase, status }) => phase === "preparation" && status === "not-applicable",
  );
  return {
    experiment: journal.experiment,
    outcome: journal.outcome,
    seed: journal.seed,
    ...(journal.verdict && { verdict: journal.verdict.result }),
    ...(wasInjected && injector !== undefined && { injector }),
    ...(wasInjected && failure !== undefined && { failure }),
    ...(refused && { notApplicable: String(refused.error).replace(/^NotApplicableError: /, "") }),
    ...(!refused && { ...journal.measurements, objectives: journal.objectives }),
    problems: steps.flatMap(({ phase, name, error, status }) =>
      error === undefined || status === "not-applicable" ? [] : [`${phase}: ${name}: ${error}`],
    ),
    anomalies: firstOfEachKind(journal.anomalies ?? []),
    journal: `${journal.experiment}.journal.json`,
    history: `${journal.experiment}.history.jsonl`,
  };
}
