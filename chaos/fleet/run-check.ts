import { join } from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { UsageError } from "../../command-line/usage-error.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { loadWorkload } from "../load-workload.ts";
import { anomalyTexts } from "../report/anomaly-texts.ts";
import { assertWritable } from "../report/assert-writable.ts";
import { closingLines } from "../report/closing-lines.ts";
import { notesOf } from "../report/notes.ts";
import { summarize } from "../report/summary.ts";
import type { Summary } from "../report/summary.ts";
import { formatTable } from "../report/table.ts";
import { describeEvidence } from "../report/total-evidence.ts";
import { wrap } from "../report/wrap.ts";
import { toJson, writeSummary } from "../report/write-reports.ts";
import productWorkload from "../workload.ts";
import type { Workload } from "../workload-contract.ts";
import { checkFleet } from "./check-fleet.ts";
import type { FleetResult } from "./check-fleet.ts";
import { HELP, findHistories, parseCheckOptions } from "./check-options.ts";
import type { CheckOptions } from "./check-options.ts";
import { describeFleetEvidence } from "./describe-fleet.ts";
import type { FaultWindow } from "./fault-window.ts";
import { fleetJournal, fleetName, shownOps } from "./fleet-journal.ts";
import { openFleetStack } from "./open-fleet-stack.ts";
import { experimentWindow } from "./read-fault-window.ts";

/**
 * `outage-drill check`: judges histories as its options say.
 *
 * @param signal aborts when the user interrupts
 * @returns the exit code
 */
export async function runCheck(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const options = parseCheckOptions(args);
    if (options) return await check(options, signal);
    process.stdout.write(HELP);
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    const isSentence = error instanceof UsageError || error instanceof CannotRunError;
    process.stderr.write(
      `${isSentence ? error.message : `The histories could not be judged: ${String(error)}`}\n`,
    );
    return 3;
  }
}

async function check(options: CheckOptions, signal: AbortSignal): Promise<number> {
  if (options.json) console.log = console.info = console.error;
  const startedAt = new Date();
  const files = await findHistories(options.histories);
  await assertWritable(options.reports);
  const workload =
    options.workload === undefined
      ? (productWorkload as Workload)
      : await loadWorkload(options.workload);
  const stack = await openFleetStack(options.outputs, options.endpoint);
  try {
    const { target } = stack;
    const { experiment } = options;
    const ran = experiment === undefined ? undefined : await experimentWindow(target, experiment);
    const window = ran?.window ?? options.faultWindow;
    const result = await checkFleet({
      ...{ files, stack, workload, window, signal },
      problem: ran?.problem,
      experimentId: experiment,
      clockErrorMs: options.clockErrorMs,
      temporaryFolder: options.temporary,
      say: (text) => {
        console.log(text);
      },
    });
    const journal = fleetJournal(result, {
      ...{ target, window, startedAt },
      templateId: ran?.templateId,
      experimentId: experiment,
    });
    const summary = summarize({ seed: journal.seed, journals: [journal], failures: [] });
    print(summary, result, window, options);
    await write(options.reports, journal, result, summary);
    return summary.exitCode;
  } finally {
    await stack.close();
  }
}

function print(
  summary: Summary,
  { verdict, evidenceInWindow, clock, notes }: FleetResult,
  window: FaultWindow | undefined,
  { json, reports }: CheckOptions,
): void {
  for (const text of summary.experiments.flatMap(anomalyTexts)) console.error(`\n${text}`);
  if (json) process.stdout.write(toJson(summary));
  const evidence = describeFleetEvidence(window, evidenceInWindow);
  const sentences = [
    ...notesOf(summary),
    ...notes,
    ...verdict.reasons,
    clock.sentence,
    evidence,
    ...(summary.evidence ? [describeEvidence(summary.evidence)] : []),
  ];
  console.log(
    [
      ...["", formatTable(summary), "", ...sentences.flatMap((text) => wrap(text)), ""],
      `Reports: ${reports}`,
      ...closingLines(summary),
    ].join("\n"),
  );
}

async function write(
  directory: string,
  journal: ReturnType<typeof fleetJournal>,
  result: FleetResult,
  summary: Summary,
): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, `${fleetName}.journal.json`), toJson(journal));
    const lines = shownOps(result).map((op) => `${JSON.stringify(op)}\n`);
    await writeFile(join(directory, `${fleetName}.history.jsonl`), lines.join(""));
    await writeSummary(directory, summary);
  } catch (error) {
    console.error(`A report could not be written: ${String(error)}`);
  }
}
