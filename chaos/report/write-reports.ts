import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { History } from "../harness/history.ts";
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

/** Writes `chaos.json`. */
export async function writeSummary(directory: string, summary: Summary): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "chaos.json"), toJson(summary));
}

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
