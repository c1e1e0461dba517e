import type { Drill } from "../drill.ts";
import { exitCode } from "../report/summary.ts";
import { wrap } from "../report/wrap.ts";
import type { Journal, Outcome } from "../harness/journal.ts";
import type { Output } from "./output-of.ts";
import { paintOutcome, signs } from "./paint.ts";
import { printable } from "./printable.ts";
import { followInLog } from "./step-log.ts";

/** What a dry run has found of one experiment. */
export interface Readiness {
  readonly experiment: string;
  /** `held` says that everything up to the fault is as it has to be, and no more. */
  readonly outcome: Outcome;
  /** What would be injected; absent when no way to inject it was found. */
  readonly wouldInject?: string;
  /** The first step that did not pass, with its reason. */
  readonly problem?: string;
}

const nothing =
  "Nothing was injected, so nothing is proven: this was a dry run. Leave out --dry-run to drill.";

/**
 * Takes each experiment up to the fault and no further.
 *
 * @returns the exit code: 0 when all could be injected now
 */
export async function runDry(
  drill: Drill,
  output: Output,
  { json }: { readonly json: boolean },
): Promise<number> {
  const { paint, print } = output;
  const log = followInLog(drill, { print, paint, hasGroups: false, isDry: true });
  await drill.start();
  await log.told;
  log.stop();
  const found = [
    ...drill.journals.map(readinessOf),
    ...drill.failures.map(({ experiment, error }): Readiness => ({
      ...{ experiment, outcome: "could-not-run", problem: String(error) },
    })),
  ];
  const code = exitCode(found.map(({ outcome }) => outcome));
  const lines = found.flatMap((each) => describe(each, output));
  if (json) {
    const result = { exitCode: code, isDryRun: true, seed: drill.seed, experiments: found };
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  }
  const ready = found.filter(({ outcome }) => outcome === "held").length;
  const applicable = found.filter(({ outcome }) => outcome !== "not-applicable").length;
  const sign = code === 0 ? "✔" : "✘";
  const verdict = `${sign} ${String(ready)} of ${String(applicable)} ready to be injected.`;
  for (const line of ["", ...lines, "", ...wrap(nothing, output.width), verdict]) print(line);
  return code;
}

function readinessOf({ experiment, steps, outcome, fault }: Journal): Readiness {
  const problem = steps.find(({ status }) => status !== "passed");
  const { injector, failure } = fault;
  return {
    experiment,
    // Without a fault there is no verdict, which makes an outcome unknown.
    outcome: outcome === "unknown" && problem === undefined ? "held" : outcome,
    ...(injector !== undefined && { wouldInject: `through ${injector}: ${failure ?? ""}` }),
    ...(problem && {
      problem: `${problem.phase}: ${problem.name}: ${problem.error ?? problem.status}`,
    }),
  };
}

function describe(
  { experiment, outcome, wouldInject, problem }: Readiness,
  output: Output,
): string[] {
  const text =
    outcome === "held"
      ? `ready; a drill would inject ${wouldInject ?? "its fault"}`
      : `${outcome}: ${problem ?? "see above"}`;
  const [line = ""] = printable(`${signs[outcome]} ${experiment}: ${text}`).split("\n");
  return wrap(line, output.width).map((each) => paintOutcome(output.paint, outcome, each));
}
