import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync, zipSync, type Zippable } from "fflate";
import { Archive, Asset } from "./from-wire.ts";

/** ZIP cannot hold an earlier date; one date for all makes the same files the same bytes. */
const EARLIEST = new Date(1980, 0, 1);

/**
 * The bytes of an archive of a program, as Lambda takes code: a FileArchive of a folder or a `.zip`, or
 * an AssetArchive of texts, files, folders and archives.
 *
 * @param code of which refuseArchive refuses nothing
 */
export async function zipOf(code: unknown): Promise<Uint8Array> {
  if (code instanceof Archive && code.path !== undefined && (await isFile(code.path))) {
    return readFile(code.path);
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
  if (given instanceof Asset) {
    files.set(at, await bytesOf(given));
  } else if (given instanceof Archive && given.assets !== undefined) {
    for (const [name, asset] of Object.entries(given.assets))
      await collect(below(at, name), asset, files);
  } else if (given instanceof Archive && given.path !== undefined) {
    if (!(await isFile(given.path))) await collectFolder(at, given.path, files);
    else
      for (const [name, bytes] of unzipped(await readFile(given.path)))
        files.set(below(at, name), bytes);
  }
}

/** The bytes of a text or file. @param asset which is fetched from nowhere */
export function bytesOf(asset: Asset): Promise<Uint8Array> | Uint8Array {
  return asset.path === undefined
    ? new TextEncoder().encode(asset.text ?? "")
    : readFile(asset.path);
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

/** A name below another, without the `./` and doubled slashes that a program may write. */
function below(at: string, name: string): string {
  const parts = `${at}/${name}`.split("/").filter((part) => part !== "" && part !== ".");
  return parts.join("/");
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

function byPath([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
