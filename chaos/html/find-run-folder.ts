import { readFile, readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../../command-line/usage-error.ts";

/** An unpacked artifact has the reports one or two folders down. */
const mostLevels = 2;

/**
 * The folder of a run: this one, the one that a file lies in, `latest` below it, or the only one below it.
 *
 * @throws UsageError when there is none, or more than one
 */
export async function findRunFolder(path: string): Promise<string> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new UsageError(`There is no ${path}; give the folder of a run's reports.`);
  if (!kind.isDirectory()) {
    const name = basename(path);
    if (isOfRun(name)) return dirname(path);
    throw new UsageError(`${path} is no report; give the folder that has chaos.json.`);
  }
  if (await hasRun(path)) return path;
  const latest = await latestIn(path);
  if (await hasRun(latest)) return latest;
  const found = await runsBelow(path, mostLevels);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UsageError(
    only === undefined
      ? `${path} has no run: neither chaos.json nor a journal is in it.`
      : `${path} has several runs; give one of them: ${found.slice(0, 5).join(", ")}${found.length > 5 ? ", …" : ""}`,
  );
}

/** Where links are impossible, a file has the name of the folder. */
async function latestIn(folder: string): Promise<string> {
  const link = join(folder, "latest");
  const name = await readFile(link, "utf8").catch(() => undefined);
  return name === undefined ? link : join(folder, basename(name.trim()));
}

function isOfRun(name: string): boolean {
  return name === "chaos.json" || name.endsWith(".journal.json");
}

async function hasRun(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).some(isOfRun);
}

async function runsBelow(folder: string, levels: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isDirectory())) {
    const below = join(folder, entry.name);
    if (await hasRun(below)) found.push(below);
    else if (levels > 1) found.push(...(await runsBelow(below, levels - 1)));
  }
  return found.sort();
}
