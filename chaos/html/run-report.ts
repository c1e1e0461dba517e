import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { commandOf } from "../../command-line/command-of.ts";
import { explainParseError } from "../../command-line/explain-parse-error.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { findRunFolder } from "./find-run-folder.ts";
import { readRun } from "./read-run.ts";
import { renderReport } from "./render-report.ts";

function help(): string {
  return `${commandOf("report", "[DIR] [options]")}

Draws the report of a run again, as one HTML file: of any version, and of one that was downloaded.

  DIR             the folder of the run, with chaos.json or at least one journal; default: reports
                  (its latest run)
  --baseline DIR  another run: show its numbers and the differences in grey
  --output FILE   where to write the report; default: report.html in the folder of the run
  --help          print this

Exit code: 0 written, 3 it could not be.
`;
}

const known = {
  baseline: { type: "string" },
  output: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Draws a report as the arguments say; what is wrong with them is printed. @returns the exit code */
export async function runReport(args: readonly string[]): Promise<number> {
  try {
    await report(args);
    return 0;
  } catch (error) {
    const text =
      error instanceof UsageError
        ? error.message
        : `The report could not be drawn: ${String(error)}`;
    process.stderr.write(`${text}\n`);
    return 3;
  }
}

async function report(args: readonly string[]): Promise<void> {
  const { positionals, values } = parse(args);
  if (values.help) {
    process.stdout.write(help());
    return;
  }
  const [path = "reports", ...more] = positionals;
  if (more.length > 0)
    throw new UsageError(
      `One run at a time: ${more.join(" ")} is too much; compare with --baseline DIR.`,
    );
  const folder = await findRunFolder(path);
  const run = await readRun(folder);
  const baseline = values.baseline === undefined ? undefined : await readRun(values.baseline);
  const output = resolve(values.output ?? join(folder, "report.html"));
  await writeFile(output, renderReport(run, { baseline: baseline?.summary })).catch(
    (error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new UsageError(
        `Cannot write ${output} (${code ?? message}); choose another place with --output FILE.`,
      );
    },
  );
  process.stdout.write(`Report: ${pathToFileURL(output).href}\n`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true });
  } catch (error) {
    throw new UsageError(
      explainParseError(error, Object.keys(known), commandOf("report", "--help")),
      { cause: error },
    );
  }
}
