import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { CannotRunError } from "./cannot-run-error.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { version } from "../command-line/version.ts";
import { cannotRunLines } from "./ci/cannot-run-lines.ts";
import { type CiReport, openCiReport } from "./ci/ci-report.ts";
import { gitHubActions } from "./ci/github-actions.ts";
import { helpText, parseCliOptions } from "./cli-options.ts";
import type { CliOptions } from "./cli-options.ts";
import { Drill } from "./drill.ts";
import { experiments } from "./experiments/index.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { closingLines } from "./report/closing-lines.ts";
import { summarize } from "./report/summary.ts";
import type { Summary } from "./report/summary.ts";
import { makeRunFolder } from "./report/run-folder.ts";
import { toJson, writeSummary } from "./report/write-reports.ts";
import { wrap } from "./report/wrap.ts";
import { runMocha } from "./run-mocha.ts";
import { runStop } from "./run-stop.ts";
import { repeatUntilFailure } from "./objectives/until-failure.ts";
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
    const sentence = isSentence ? error.message : `The drill could not run: ${String(error)}`;
    process.stderr.write([sentence, ...cannotRunLines(sentence, process.env), ""].join("\n"));
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
  if (options.untilFailure && !options.stop)
    return repeatUntilFailure({ args, most: options.repeat, seed: options.seed });
  // Whatever a library prints, stdout has the JSON alone.
  if (options.json) console.log = console.info = console.error;
  const interrupts = onInterrupt();
  if (options.stop) return runStop(options);
  const reportsDirectory =
    options.reports === undefined ? await makeRunFolder(defaultReports) : resolve(options.reports);
  const github = gitHubActions(process.env);
  const ci = await openCiReport({ options, args, reportsDirectory, github });
  const seed = options.seed ?? randomBytes(4).toString("hex");
  const subject = await chooseSubject(options, { reportsDirectory, seed });
  const { abortOnFail, dryRun: isDry } = options;
  const drill = new Drill({ ...subject, reportsDirectory, seed, isDry, abortOnFail });
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
        hasTree: output.mode === "tree",
        isColored: output.isColored,
      });
  } finally {
    follower?.stop();
    await interrupts.settled();
    await drill.close();
    interrupts.release();
  }
  return dryCode ?? report(drill, options, { args, reportsDirectory, output, ci });
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
  readonly ci: CiReport;
}

/** Prints the result, the verdict last, and then writes it: a full disk does not change what was found. */
async function report(
  drill: Drill,
  { json }: CliOptions,
  { args, reportsDirectory, output, ci }: ReportPlace,
): Promise<number> {
  const summary: Summary = { ...summarize(drill), arguments: args };
  for (const line of ci.lines(summary)) output.print(line);
  if (json) process.stdout.write(toJson(summary));
  printResult(summary, output, { reportsDirectory, unwritten: drill.unwritten, json });
  const [result] = await Promise.allSettled([writeSummary(reportsDirectory, summary)]);
  const unwritten = [
    ...(result.status === "rejected" ? [String(result.reason)] : []),
    ...(await ci.write(drill, summary)),
  ];
  for (const problem of unwritten) console.error(`A report could not be written: ${problem}`);
  if (unwritten.length > 0) for (const line of closingLines(summary, output)) output.print(line);
  return summary.exitCode;
}
