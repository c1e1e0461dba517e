import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotRunError } from "../cannot-run-error.ts";
import type { Journal } from "../harness/journal.ts";
import type { Summary, SummaryRow } from "../report/summary.ts";
import { printable } from "./printable.ts";

/**
 * `npm run chaos -- --show DIR`: all that went wrong in a former drill, with every request of the keys
 * concerned.
 *
 * @param only experiments to show; all when empty
 * @throws CannotRunError when the folder has no result of a drill
 */
export async function showReports(directory: string, only: readonly string[]): Promise<string> {
  const file = join(directory, "chaos.json");
  const { experiments, seed } = await readJson<Summary>(file, "--show DIR");
  const chosen = experiments.filter(
    ({ experiment }) => only.length === 0 || only.includes(experiment),
  );
  if (chosen.length === 0)
    throw new CannotRunError(
      `${file} has no ${only.join(" and no ")}; it has ${experiments.map(({ experiment }) => experiment).join(", ")}.`,
    );
  const texts = await Promise.all(chosen.map((row) => textOf(row, directory)));
  return `${texts.join("\n\n")}\n\nSeed: ${seed}.\n`;
}

async function textOf(row: SummaryRow, directory: string): Promise<string> {
  const journal =
    row.journal === undefined
      ? undefined
      : await readJson<Journal>(join(directory, row.journal), "--show DIR");
  const anomalies = journal?.anomalies ?? row.anomalies;
  const parts = [
    `${row.experiment}: ${row.outcome}`,
    ...row.problems.map((text) => `  ${printable(text).replaceAll("\n", "\n    ")}`),
    ...anomalies.map(printable),
  ];
  return parts.join("\n");
}

async function readJson<T>(file: string, option: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CannotRunError(
      `${file} cannot be read (${code ?? message}): give ${option} a folder that a drill has written.`,
      { cause: error },
    );
  }
}
