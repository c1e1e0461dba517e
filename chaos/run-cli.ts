import { randomBytes } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CannotRunError } from "./cannot-run-error.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { version } from "../command-line/version.ts";
import { helpText, parseCliOptions } from "./cli-options.ts";
import type { CliOptions } from "./cli-options.ts";
import { Drill } from "./drill.ts";
import { experiments } from "./experiments/index.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { formatMarkdown } from "./report/markdown.ts";
import { summarize } from "./report/summary.ts";
import type { Summary } from "./report/summary.ts";
import { makeRunFolder } from "./report/run-folder.ts";
import { toJson, writeSummary } from "./report/write-reports.ts";
import { assertWritable } from "./report/assert-writable.ts";
import { wrap } from "./report/wrap.ts";
import { runMocha } from "./run-mocha.ts";
import { runStop } from "./run-stop.ts";
import { chooseSubject } from "./choose-subject.ts";
import { followDrill } from "./terminal/follow-drill.ts";
import { listExperiments } from "./terminal/list-experiments.ts";
import { outputOf } from "./terminal/output-of.ts";
import type { Output } from "./terminal/output-of.ts";
import { printResult } from "./terminal/print-result.ts";
import { runDry } from "./terminal/run-dry.ts";
import { showReports } from "./terminal/show-reports.ts";

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
  const text = await textInstead(options);
  if (text !== undefined) {
    process.stdout.write(text);
    return 0;
  }
  // Whatever a library prints, stdout has the JSON alone.
  if (options.json) console.log = console.info = console.error;
  const interrupts = onInterrupt();
  if (options.stop) return runStop(options);
  const reportsDirectory =
    options.reports === undefined ? await makeRunFolder(defaultReports) : resolve(options.reports);
  await assertWritable(reportsDirectory, options.summary);
  const seed = options.seed ?? randomBytes(4).toString("hex");
  const subject = await chooseSubject(options, { reportsDirectory, seed });
  const drill = new Drill({ ...subject, reportsDirectory, seed, isDry: options.dryRun });
  const output = outputOf(options);
  for (const line of beginning(drill, options))
    for (const each of wrap(line, output.width)) output.print(each);
  interrupts.guard(drill);
  let dryCode: number | undefined;
  const follower = options.dryRun ? undefined : followDrill(drill, output, subject.lanes);
  try {
    if (options.dryRun) dryCode = await runDry(drill, output, options);
    else
      await runMocha(drill, {
        junitFile: join(reportsDirectory, "junit.xml"),
        hasTree: output.mode === "tree",
        isColored: output.isColored,
      });
  } finally {
    follower?.stop();
    await interrupts.settled();
    await drill.close();
    interrupts.release();
  }
  return dryCode ?? report(drill, options, { args, reportsDirectory, output });
}

/** What is printed instead of a drill; undefined when one is to run. */
async function textInstead(options: CliOptions): Promise<string | undefined> {
  if (options.help) return helpText(names);
  if (options.version) return `${version()}\n`;
  if (options.list) return listExperiments(options);
  if (options.show !== undefined) return showReports(options.show, options.only);
  return undefined;
}

/** The seed, and what runs where nobody has chosen it: an option that npm kept for itself shows here. */
function beginning({ seed, runs }: Drill, { only }: CliOptions): string[] {
  const chosen = [...new Set(runs.map(({ experiment: { name } }) => name))];
  const many = `Runs ${String(chosen.length)} experiments: ${chosen.join(", ")}`;
  return [`Seed: ${seed}`, ...(only.length === 0 && chosen.length > 1 ? [many] : [])];
}

interface ReportPlace {
  /** Of the command, which the report repeats. */
  readonly args: readonly string[];
  readonly reportsDirectory: string;
  readonly output: Output;
}

/** Writes the result and then prints it: a full disk does not change what was found. */
async function report(
  drill: Drill,
  { json, summary: markdownFile }: CliOptions,
  { args, reportsDirectory, output }: ReportPlace,
): Promise<number> {
  const summary: Summary = { ...summarize(drill), arguments: args };
  const written = await Promise.allSettled([
    writeSummary(reportsDirectory, summary),
    markdownFile !== undefined && appendFile(markdownFile, formatMarkdown(summary)),
  ]);
  const unwritten = [
    ...drill.unwritten,
    ...written.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : [])),
  ];
  if (json) process.stdout.write(toJson(summary));
  printResult(summary, output, { reportsDirectory, unwritten, json });
  return summary.exitCode;
}
