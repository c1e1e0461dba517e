import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { quietWarnings } from "../../command-line/quiet-warnings.ts";
import { openPoints } from "../init/open-points.ts";
import type { Check } from "./check.ts";

/** Where a workload is looked for, in this order. */
const places = ["drill", "chaos"].flatMap((folder) =>
  ["ts", "mts", "js", "mjs"].map((end) => `${folder}/workload.${end}`),
);

const LOADED_WITHIN_MS = 10_000;

const needed = ["next", "effects", "send", "truth"] as const;

/** @returns the workload's path from the working directory; undefined when there is none */
export function findWorkload(folder: string, named?: string): string | undefined {
  return named ?? places.map((each) => path.join(folder, each)).find((each) => existsSync(each));
}

/** Whether there is a workload, and whether it has what every workload has. */
export async function checkWorkload(folder: string, named?: string): Promise<Check> {
  const missing = (text: string): Check => ({ state: "missing", text: `Workload: ${text}` });
  const found = findWorkload(folder, named);
  const file = named ?? (found === undefined ? undefined : path.relative(folder, found));
  if (file === undefined)
    return missing(
      `no drill/workload.ts in ${path.resolve(folder)}; npx outage-drill init drafts one.`,
    );
  const absolute = named === undefined ? path.resolve(folder, file) : path.resolve(file);
  if (!existsSync(absolute))
    return missing(`there is no ${file}; npx outage-drill init --out ${file} drafts one.`);
  quietWarnings();
  try {
    const module = await loadWithin(LOADED_WITHIN_MS, pathToFileURL(absolute).href);
    const workload = module.default as Record<string, unknown> | undefined;
    if (typeof workload !== "object" || (workload as unknown) === null)
      return missing(`${file} has no default export; write export default workload.`);
    const without = needed.filter((name) => typeof workload[name] !== "function");
    if (without.length > 0) return missing(`${file} has no function ${without.join(" and no ")}.`);
    const open = openPoints(await readFile(absolute, "utf8"));
    if (open.length > 0)
      return missing(`${file} has ${String(open.length)} open points: say ${open.join("; ")}.`);
    return { state: "ready", text: `Workload: ${file}.` };
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return missing(`${file} cannot be loaded: ${line}`);
  }
}

async function loadWithin(milliseconds: number, address: string): Promise<{ default?: unknown }> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`its top level did not end within ${String(milliseconds / 1000)} s.`));
  }, milliseconds);
  try {
    return (await Promise.race([import(address), late])) as { default?: unknown };
  } finally {
    clearTimeout(timer);
  }
}
