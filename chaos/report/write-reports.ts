import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { History } from "../harness/history.ts";
import { readRun } from "../html/read-run.ts";
import { renderReport } from "../html/render-report.ts";
import type { Journal } from "../harness/journal.ts";
import type { Summary } from "./summary.ts";

/** Writes `<scenario>.journal.json` and, beside it, every request in `<scenario>.history.jsonl`. */
export async function writeJournal(
  directory: string,
  journal: Journal,
  history: History,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, journal.experiment);
  await writeFile(`${path}.journal.json`, toJson(journal));
  await writeFile(`${path}.history.jsonl`, history.jsonLines());
}

/** Writes `chaos.json`, and `report.html` from it and the files of the experiments beside it. */
export async function writeSummary(directory: string, summary: Summary): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "chaos.json"), toJson(summary));
  await writeFile(join(directory, "report.html"), renderReport(await readRun(directory)));
}

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
