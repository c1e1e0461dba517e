import type { Journal, JournalStep, StepStatus } from "../harness/journal.ts";
import type { Summary, SummaryRow } from "../report/summary.ts";
import { describeEvidence } from "../report/total-evidence.ts";
import { junitCase } from "./junit-case.ts";
import type { JunitCase } from "./junit-case.ts";
import { outcomeSentence, words } from "./outcome-sentence.ts";
import { element, xmlText } from "./xml.ts";
import type { Attributes } from "./xml.ts";

export interface JunitInput {
  readonly summary: Pick<Summary, "experiments" | "notRun">;
  /** Of the runs that began. */
  readonly journals: readonly Journal[];
  /** Where an experiment stands, from the root of the repository. */
  fileOf(row: Pick<SummaryRow, "experiment">): string | undefined;
}

const redOutcomes = ["not-held", "unknown", "could-not-run", "interrupted"];

/**
 * The result as JUnit XML, as GitLab and the actions for GitHub read it: a test suite for each experiment,
 * a test case for each step. GitLab names a suite after `classname`, and tells cases apart by it and `name`.
 *
 * - `failure`: a step that did not hold.
 * - `error`: a step that could not be carried out, or whose result is unknown: neither may look like a
 *   success, as a skipped test does.
 * - `skipped`: what this stack cannot be tried with, and steps after one that they depend on.
 *
 * A suite has a failure or an error exactly when its experiment is `not-held`, `unknown`, `could-not-run`
 * or `interrupted`.
 */
export function formatJunit({ summary, journals, fileOf }: JunitInput): string {
  const suites = [
    ...summary.experiments.map((row) => {
      const journal = journals.find(({ experiment }) => experiment === row.experiment);
      return suiteOf(row, casesOf(row, journal), { journal, file: fileOf(row) });
    }),
    ...(summary.notRun ?? []).map((name) => {
      const row = { experiment: name, problems: [], anomalies: [] };
      return suiteOf(row, [notRunCase], { file: fileOf(row) });
    }),
  ];
  const total = (of: keyof Totals) => suites.reduce((sum, suite) => sum + suite.totals[of], 0);
  const attributes = {
    name: "outage-drill",
    ...{ tests: total("tests"), failures: total("failures"), errors: total("errors") },
    ...{ skipped: total("skipped"), time: seconds(total("durationMs")) },
  };
  const body = suites.map(({ xml }) => `\n${xml}`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, `${body}\n`)}\n`;
}

interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly durationMs: number;
}

const notRunCase: JunitCase = {
  ...{ name: "outcome", kind: "skipped", type: "not-run", durationMs: 0 },
  text: "Not run, because an earlier experiment did not hold.",
};

/** A row of the result; without an outcome where the experiment was not run. */
type SuiteRow = Partial<SummaryRow> & Pick<SummaryRow, "experiment" | "problems" | "anomalies">;

function suiteOf(
  row: SuiteRow,
  cases: readonly JunitCase[],
  { journal, file }: { readonly journal?: Journal | undefined; readonly file: string | undefined },
) {
  const count = (kind: JunitCase["kind"]) => cases.filter((each) => each.kind === kind).length;
  const durationMs = cases.reduce((sum, each) => sum + each.durationMs, 0);
  const totals: Totals = {
    ...{ tests: cases.length, failures: count("failure"), errors: count("error") },
    ...{ skipped: count("skipped"), durationMs },
  };
  const attributes: Attributes = {
    name: row.experiment,
    ...{ tests: totals.tests, failures: totals.failures, errors: totals.errors },
    ...{ skipped: totals.skipped, time: seconds(durationMs) },
    ...{ timestamp: journal?.startedAt, file },
  };
  const properties = Object.entries(propertiesOf(row, journal)).flatMap(([name, value]) =>
    value === undefined ? [] : [element("property", { name, value })],
  );
  const xml = [
    element("properties", {}, properties.join("")),
    ...cases.map((each) => junitCase(each, { classname: row.experiment, file })),
    element("system-out", {}, xmlText(outputOf(row, journal))),
  ];
  return { totals, xml: element("testsuite", attributes, `\n  ${xml.join("\n  ")}\n`) };
}

function casesOf(row: SummaryRow, journal: Journal | undefined): JunitCase[] {
  const steps = [...(journal?.steps ?? []), ...(journal?.rollbacks ?? [])];
  const cases = steps.map((step, index) => caseOf(step, occurrence(steps, index), row));
  const isRed = cases.some(({ kind }) => kind === "failure" || kind === "error");
  if (isRed || (cases.length > 0 && !redOutcomes.includes(row.outcome))) return cases;
  // What no step says, such as that the run was interrupted, or never began.
  const text = [outcomeSentence(row), ...row.problems].join("\n");
  const kind = kindOfOutcome(row.outcome);
  return [...cases, { name: "outcome", kind, type: row.outcome, durationMs: 0, text }];
}

function kindOfOutcome(outcome: string): JunitCase["kind"] {
  if (outcome === "not-held") return "failure";
  if (redOutcomes.includes(outcome)) return "error";
  return outcome === "held" ? "passed" : "skipped";
}

const kindOfStatus: Readonly<Record<StepStatus, JunitCase["kind"]>> = {
  passed: "passed",
  failed: "failure",
  error: "error",
  unknown: "error",
  skipped: "skipped",
  "not-applicable": "skipped",
};

function caseOf(step: JournalStep, time: number, row: SummaryRow): JunitCase {
  const { phase, name, status, error, durationMs, output } = step;
  const anomalies = status === "failed" && phase === "verification" ? row.anomalies : [];
  return {
    name: `${phase}: ${name}${time > 1 ? ` (${String(time)})` : ""}`,
    kind: kindOfStatus[status],
    ...(typeof output === "string" && { output }),
    type: status === "failed" ? "not-held" : status === "error" ? "could-not-run" : status,
    durationMs,
    text: [
      ...(status === "skipped" ? ["A step before it did not pass."] : []),
      ...(error === undefined ? [] : [error]),
      ...anomalies,
    ].join("\n"),
  };
}

/** How many steps up to this one have its phase and name: GitLab takes equal ones for one test. */
function occurrence(steps: readonly JournalStep[], index: number): number {
  const { phase, name } = steps[index] ?? {};
  return steps.slice(0, index + 1).filter((each) => each.phase === phase && each.name === name)
    .length;
}

function propertiesOf(row: SuiteRow, journal: Journal | undefined): Attributes {
  const { latency = {}, counts } = row;
  const found = Object.entries<number>(counts ?? {}).filter(([, times]) => times > 0);
  return {
    outcome: row.outcome,
    seed: journal?.seed,
    ...{ injector: row.injector, failure: row.failure },
    ...{ requests: row.requests, acknowledged: row.acknowledged },
    ...{ lost: row.lost, stale: row.stale, unsafe: row.unsafe },
    ...Object.fromEntries(found),
    "recovery-ms": row.recoveryMs,
    ...Object.fromEntries(
      Object.entries(latency).flatMap(([phase, { p50Ms, p95Ms, p99Ms }]) => [
        [`${phase}-p50-ms`, p50Ms],
        [`${phase}-p95-ms`, p95Ms],
        [`${phase}-p99-ms`, p99Ms],
      ]),
    ),
    "smallest-loss-rate": row.evidence?.smallestLossRate,
  };
}

/** A few lines: GitLab shows them beside a case, and some readers load them all. */
function outputOf(row: SuiteRow, journal: Journal | undefined): string {
  return [
    `${row.experiment}: ${words(row.outcome ?? "not-run")}`,
    ...(journal ? [journal.hypothesis] : []),
    ...(row.failure === undefined
      ? []
      : [`Injected through ${row.injector ?? ""}: ${row.failure}`]),
    ...(row.evidence ? [describeEvidence(row.evidence)] : []),
    ...(row.journal === undefined ? [] : [`Journal: ${row.journal}`]),
  ].join("\n");
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
