import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CannotRunError } from "../cannot-run-error.ts";
import type { Summary } from "../report/summary.ts";

/** What a folder of reports has its result in; the folder of many drills, in the latest one. */
const names = ["chaos.json", join("latest", "chaos.json")];

/**
 * The result of a former drill.
 *
 * @param path the folder of its reports, or its chaos.json
 * @throws CannotRunError with one sentence on what is wrong with it
 */
export async function readBaseline(path: string): Promise<Summary> {
  const wrong = (reason: string) =>
    new CannotRunError(
      `--baseline ${path} ${reason}: give the folder of a former drill's reports, or its chaos.json. Nothing was injected.`,
    );
  const file = await findFile(path).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw wrong(`cannot be read (${code ?? message})`);
  });
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch {
    throw wrong("is no JSON");
  }
  if (!isSummary(json)) throw wrong("is not the result of a drill");
  return json;
}

async function findFile(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return path;
  for (const name of names)
    if (await stat(join(path, name)).catch(() => undefined)) return join(path, name);
  throw new Error("it has no chaos.json");
}

function isSummary(json: unknown): json is Summary {
  const { experiments } = (json ?? {}) as { readonly experiments?: unknown };
  return Array.isArray(experiments) && experiments.every(isRow);
}

function isRow(row: unknown): boolean {
  const { experiment, outcome } = (row ?? {}) as Readonly<Record<string, unknown>>;
  return typeof experiment === "string" && typeof outcome === "string";
}
