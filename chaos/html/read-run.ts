import { createReadStream } from "node:fs";
import { readFile, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UsageError } from "../../command-line/usage-error.ts";
import type { SummaryRow } from "../report/summary.ts";
import { summarizeRows } from "../report/summary.ts";
import { findRunFolder } from "./find-run-folder.ts";
import { fieldsOf, listOf } from "./lenient.ts";
import { readJournal } from "./read-journal.ts";
import { readRow, readSummary } from "./read-summary.ts";
import { readRequest } from "./request.ts";
import type { Request } from "./request.ts";
import type { ExperimentView, RunView } from "./run-view.ts";

/**
 * Reads a run from its folder: the experiments that `chaos.json` names or, without one, every journal.
 * What is missing or broken in the files of one experiment becomes a sentence in its `gaps`.
 *
 * @throws UsageError when the folder has no run
 */
export async function readRun(path: string): Promise<RunView> {
  const folder = await findRunFolder(path);
  const summary = await readOrDeriveSummary(folder);
  const experiments: ExperimentView[] = [];
  for (const row of summary.experiments) experiments.push(await readExperiment(folder, row));
  return { summary, experiments };
}

async function readOrDeriveSummary(folder: string) {
  const file = join(folder, "chaos.json");
  if (await exists(file)) {
    const { value, problem } = await readJson(file);
    if (problem !== undefined) throw new UsageError(`${file} cannot be read: ${problem}.`);
    if (!Array.isArray(fieldsOf(value)["experiments"]))
      throw new UsageError(`${file} is no result of a drill: it has no list of experiments.`);
    return readSummary(value);
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith(".journal.json")).sort();
  const rows: SummaryRow[] = [];
  let seed = "";
  for (const name of names) {
    const { value } = await readJson(join(folder, name));
    const fields = fieldsOf(value);
    if (typeof fields["seed"] === "string") seed = fields["seed"];
    rows.push(rowOfJournal(name, fields));
  }
  return summarizeRows(rows, seed);
}

/** What `chaos.json` would say of a journal. */
function rowOfJournal(file: string, fields: Readonly<Record<string, unknown>>): SummaryRow {
  const stem = file.slice(0, -".journal.json".length);
  const fault = fieldsOf(fields["fault"]);
  const steps = [...listOf(fields["steps"]), ...listOf(fields["rollbacks"])].map(fieldsOf);
  return readRow({
    ...fieldsOf(fields["measurements"]),
    experiment: fields["experiment"] ?? stem,
    outcome: fields["outcome"],
    anomalies: fields["anomalies"],
    ...(fault["id"] !== undefined && { injector: fault["injector"], failure: fault["failure"] }),
    problems: steps.flatMap(({ phase, name, error, status }) =>
      error === undefined || status === "not-applicable"
        ? []
        : [[phase, name, error].map((part) => (typeof part === "string" ? part : "")).join(": ")],
    ),
    journal: file,
    history: `${stem}.history.jsonl`,
  });
}

async function readExperiment(folder: string, row: SummaryRow): Promise<ExperimentView> {
  const gaps: string[] = [];
  let journal: unknown;
  let requests: readonly Request[] = [];
  // Names out of a file lead nowhere but into its folder.
  const name = row.journal === undefined ? undefined : basename(row.journal);
  if (name !== undefined) {
    const read = await readJson(join(folder, name));
    journal = read.value;
    if (read.problem !== undefined)
      gaps.push(`Its journal ${name} cannot be read: ${read.problem}.`);
  }
  const history = row.history === undefined ? undefined : basename(row.history);
  if (history !== undefined) {
    const read = await readHistory(join(folder, history));
    ({ requests } = read);
    if (read.problem !== undefined)
      gaps.push(`Its history ${history} cannot be read: ${read.problem}.`);
    else if (read.skipped > 0)
      gaps.push(`${String(read.skipped)} lines of its history ${history} are no requests.`);
  }
  return readJournal(row, journal, requests, gaps);
}

async function readJson(path: string): Promise<{ value?: unknown; problem?: string }> {
  try {
    return { value: JSON.parse(await readFile(path, "utf8")) };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

async function readHistory(
  path: string,
): Promise<{ requests: readonly Request[]; skipped: number; problem?: string }> {
  const requests: Request[] = [];
  let skipped = 0;
  try {
    for await (const line of linesOf(path)) {
      if (line.trim() === "") continue;
      const request = parseRequest(line, requests.length + skipped);
      if (request) requests.push(request);
      else skipped += 1;
    }
    return { requests, skipped };
  } catch (error) {
    return { requests, skipped, problem: reasonOf(error) };
  }
}

/** Only a line feed ends a line: `node:readline` also splits at U+2028, which JSON leaves unescaped. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest;
}

function parseRequest(line: string, position: number): Request | undefined {
  try {
    return readRequest(JSON.parse(line), position);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  if (code !== undefined) return code;
  return error instanceof SyntaxError ? "it is not JSON" : String(error);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
