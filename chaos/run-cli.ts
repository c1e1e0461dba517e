import { randomBytes } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CannotRunError } from "./cannot-run-error.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { helpText, parseCliOptions } from "./cli-options.ts";
import type { CliOptions } from "./cli-options.ts";
import { Drill } from "./drill.ts";
import { experiments } from "./experiments/index.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { anomalyTexts } from "./report/anomaly-texts.ts";
import { closingLines } from "./report/closing-lines.ts";
import { formatMarkdown } from "./report/markdown.ts";
import { notesOf } from "./report/notes.ts";
import { summarize } from "./report/summary.ts";
import type { Summary } from "./report/summary.ts";
import { formatTable } from "./report/table.ts";
import { wrap } from "./report/wrap.ts";
import { describeEvidence } from "./report/total-evidence.ts";
import { toJson, writeSummary } from "./report/write-reports.ts";
import { assertWritable } from "./report/assert-writable.ts";
import { runMocha } from "./run-mocha.ts";
import { runStop } from "./run-stop.ts";
import { repeatUntilFailure } from "./objectives/until-failure.ts";
import { chooseSubject } from "./choose-subject.ts";

const defaultReports = "reports";
const names = experiments.map(({ name }) => name);

/**
 * Runs the drill as its options say.
 *
 * @returns the exit code
 */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    const isSentence = error instanceof UsageError || error instanceof CannotRunError;
    process.stderr.write(
      `${isSentence ? error.message : `The drill could not run: ${String(error)}`}\n`,
    );
    return 3;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const options = parseCliOptions(args, names);
  if (options.help) {
    process.stdout.write(helpText(names));
    return 0;
  }
  if (options.untilFailure && !options.stop)
    return repeatUntilFailure({ args, most: options.repeat, seed: options.seed });
  // Whatever a library prints, stdout has the JSON alone.
  if (options.json) console.log = console.info = console.error;
  const interrupts = onInterrupt();
  if (options.stop) return runStop(options);
  const reportsDirectory = resolve(options.reports ?? defaultReports);
  await assertWritable(reportsDirectory, options.summary);
  const seed = options.seed ?? randomBytes(4).toString("hex");
  const subject = await chooseSubject(options, { reportsDirectory, seed });
  const { abortOnFail } = options;
  const drill = new Drill({ ...subject, reportsDirectory, seed, abortOnFail });
  console.log(`Seed: ${seed}`);
  interrupts.guard(drill);
  try {
    await runMocha(drill, { junitFile: join(reportsDirectory, "junit.xml") });
  } finally {
    await interrupts.settled();
    await drill.close();
    interrupts.release();
  }
  const summary = summarize(drill);
  const unwritten = [...drill.unwritten, ...(await report(summary, options, reportsDirectory))];
  for (const problem of unwritten) console.error(`A report could not be written: ${problem}`);
  return summary.exitCode;
}

/** Prints the result, the verdict last, and then writes it: a full disk does not change what was found. */
async function report(
  summary: Summary,
  options: CliOptions,
  reportsDirectory: string,
): Promise<readonly string[]> {
  for (const text of summary.experiments.flatMap(anomalyTexts)) console.error(`\n${text}`);
  if (options.json) process.stdout.write(toJson(summary));
  else
    console.log(
      [
        ...["", formatTable(summary), "", ...notesOf(summary).flatMap(wrap), ""],
        ...(summary.evidence ? wrap(describeEvidence(summary.evidence)) : []),
        `Seed: ${summary.seed}. Reports: ${reportsDirectory}`,
      ].join("\n"),
    );
  console.log(closingLines(summary).join("\n"));
  const written = await Promise.allSettled([
    writeSummary(reportsDirectory, summary),
    options.summary !== undefined && appendFile(options.summary, formatMarkdown(summary)),
  ]);
  return written.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []));
}
