import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { unzipSync, zipSync, type Zippable } from "fflate";
import { Archive, Asset } from "./from-wire.ts";
import { RefusedError } from "./refused-error.ts";

/** ZIP cannot hold an earlier date; one date for all makes the same files the same bytes. */
const EARLIEST = new Date(1980, 0, 1);

/**
 * The bytes of an archive of a program, as Lambda takes code: a FileArchive of a folder or a `.zip`, or
 * an AssetArchive of texts, files, folders and archives.
 *
 * @throws RefusedError for an archive or asset of another kind
 */
export async function zipOf(code: unknown): Promise<Uint8Array> {
  if (code instanceof Archive && code.path !== undefined && (await isFile(code.path))) {
    return readZip(code.path);
  }
  const files = new Map<string, Uint8Array>();
  await collect("", code, files);
  const entries: Zippable = {};
  for (const [path, bytes] of [...files].sort(byPath))
    entries[path] = [bytes, { mtime: EARLIEST, level: 1 }];
  return zipSync(entries);
}

/** Base64 of the SHA-256, as Lambda gives a package's hash. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

/** @param at name within the archive, or empty for all of it */
async function collect(at: string, given: unknown, files: Map<string, Uint8Array>): Promise<void> {
  const part = at === "" ? 'the input "code"' : `the asset "${at}" of the input "code"`;
  const refuse = (why: string) => new RefusedError([{ part, reason: `${part} ${why}` }]);
  if (given instanceof Asset || given instanceof Archive)
    if (given.uri !== undefined)
      throw refuse(
        `is fetched from ${given.uri}, and the in-process engine fetches nothing: download it, and ` +
          "give the file.",
      );
  if (given instanceof Asset && at !== "") {
    files.set(at, await bytesOf(given, refuse));
  } else if (given instanceof Archive && given.assets !== undefined) {
    for (const [name, asset] of Object.entries(given.assets))
      await collect(below(at, name), asset, files);
  } else if (given instanceof Archive && given.path !== undefined) {
    if (!(await exists(given.path)))
      throw refuse(`is ${resolve(given.path)}, which does not exist: build it first.`);
    if (!(await isFile(given.path))) await collectFolder(at, given.path, files);
    else
      for (const [name, bytes] of unzipped(await readZip(given.path)))
        files.set(below(at, name), bytes);
  } else {
    throw refuse("is neither an archive nor an asset.");
  }
}

async function bytesOf(asset: Asset, refuse: (why: string) => Error): Promise<Uint8Array> {
  if (asset.path === undefined) return new TextEncoder().encode(asset.text ?? "");
  if (!(await exists(asset.path)))
    throw refuse(`is ${resolve(asset.path)}, which does not exist: build it first.`);
  return readFile(asset.path);
}

/** Every file below a folder; links are followed, but for those that lead back up. */
async function collectFolder(
  at: string,
  folder: string,
  files: Map<string, Uint8Array>,
  above: readonly string[] = [],
): Promise<void> {
  const real = await realpath(folder);
  if (above.includes(real)) return;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) await collectFolder(below(at, name), path, files, [...above, real]);
    else if (found?.isFile()) files.set(below(at, name), await readFile(path));
  }
}

function* unzipped(zip: Uint8Array): Iterable<[string, Uint8Array]> {
  for (const [name, bytes] of Object.entries(unzipSync(zip)))
    if (!name.endsWith("/")) yield [name, bytes];
}

async function readZip(path: string): Promise<Uint8Array> {
  if (!/\.(zip|jar)$/i.test(path))
    throw new RefusedError([
      {
        part: `the archive ${path}`,
        reason: `the archive ${path} is no .zip: give a .zip or the folder.`,
      },
    ]);
  return readFile(path);
}

/** A name below another, without the `./` and doubled slashes that a program may write. */
function below(at: string, name: string): string {
  const parts = `${at}/${name}`.split("/").filter((part) => part !== "" && part !== ".");
  return parts.join("/");
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

function byPath([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
