import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { CliOptions } from "../cli-options.ts";
import type { Drill } from "../drill.ts";
import { assertWritable } from "../report/assert-writable.ts";
import { formatMarkdown } from "../report/markdown.ts";
import type { Summary, SummaryRow } from "../report/summary.ts";
import { annotations } from "./annotations.ts";
import { assertBadgeWritable } from "./assert-badge-writable.ts";
import { badgeOf } from "./badge.ts";
import { changeLines } from "./change-lines.ts";
import { experimentSource } from "./experiment-source.ts";
import type { GitHubActions } from "./github-actions.ts";
import { formatJunit } from "./junit.ts";
import { plainText } from "./plain-text.ts";
import { readBaseline } from "./read-baseline.ts";
import { replayCommand } from "./replay-command.ts";

export interface CiReportInput {
  readonly options: CliOptions;
  /** Of the drill, as they were given. */
  readonly args: readonly string[];
  readonly reportsDirectory: string;
  /** Absent outside GitHub Actions. */
  readonly github: GitHubActions | undefined;
}

export interface CiReport {
  /** What to print: what has changed since the baseline, and annotations for GitHub's runner. */
  lines(summary: Summary): readonly string[];
  /**
   * Writes `junit.xml` beside the journals, the summary and the badge.
   *
   * @returns why a file could not be written, for each that could not
   */
  write(drill: Pick<Drill, "journals">, summary: Summary): Promise<readonly string[]>;
}

/**
 * Makes ready what a drill tells a pull request, so that whatever stands in the way of it is known before
 * anything is injected.
 *
 * @throws CannotRunError when a file cannot be written, or the baseline not read
 */
export async function openCiReport(input: CiReportInput): Promise<CiReport> {
  const { options, args, reportsDirectory, github } = input;
  await assertWritable(reportsDirectory, options.summary);
  if (options.badge !== undefined) await assertBadgeWritable(options.badge);
  const { baseline } = options;
  const before = baseline === undefined ? undefined : await readBaseline(baseline);
  const markdownFile = options.summary ?? github?.stepSummary;

  const source = (row: Pick<SummaryRow, "experiment">) =>
    experimentSource(scenarioOf(row, options), options);
  const replay = (row: SummaryRow, seed: string) =>
    replayCommand(args, { experiment: scenarioOf(row, options), seed: row.seed ?? seed });
  const changes = (summary: Summary) => (before ? changeLines(summary, before) : []);

  return {
    lines(summary) {
      const changed = changes(summary).map((text) => `  ${plainText(text)}`);
      return [
        ...(changed.length > 0 ? [`Since the drill in ${String(baseline)}:`, ...changed] : []),
        ...(github
          ? annotations(summary, { source, replay: (row) => replay(row, summary.seed) })
          : []),
      ];
    },
    async write(drill, summary) {
      const written = await Promise.allSettled([
        writeFile(
          join(reportsDirectory, "junit.xml"),
          formatJunit({ summary, journals: drill.journals, fileOf: (row) => source(row)?.file }),
        ),
        markdownFile !== undefined &&
          appendFile(
            markdownFile,
            formatMarkdown(summary, {
              replay: (row) => replay(row, summary.seed),
              changes: changes(summary),
              reports: fromHere(reportsDirectory),
            }),
          ),
        options.badge !== undefined && writeBadge(options.badge, summary),
      ]);
      return written.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []));
    },
  };
}

/** A path that is shorter from this folder than from the root, as it is told. */
function fromHere(path: string): string {
  const here = relative(process.cwd(), path);
  return here.startsWith("..") || here === "" ? path : here;
}

/** The experiment's name, without the number of a repetition. */
function scenarioOf(
  { experiment }: Pick<SummaryRow, "experiment">,
  { repeat }: CliOptions,
): string {
  return repeat > 1 ? experiment.replace(/-\d+$/, "") : experiment;
}

async function writeBadge(file: string, summary: Summary): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(badgeOf(summary))}\n`);
}
