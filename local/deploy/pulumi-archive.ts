import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";
import { zipSync, type Zippable } from "fflate";

/** ZIP cannot hold an earlier date; one date for all makes the same files the same bytes. */
const EARLIEST = new Date(1980, 0, 1);

/**
 * The bytes of an archive of a program, as Lambda takes code.
 *
 * @param code an AssetArchive of texts and files, or a FileArchive of a `.zip`
 * @throws Error for an archive or asset of another kind
 */
export async function zipOf(code: unknown): Promise<Uint8Array> {
  if (code instanceof pulumi.asset.FileArchive) {
    return readZip(await code.path);
  }
  if (!(code instanceof pulumi.asset.AssetArchive)) {
    throw new Error('the input "code" is not an AssetArchive, nor a FileArchive of a .zip.');
  }
  const entries: Zippable = {};
  for (const [path, asset] of Object.entries(await code.assets).sort(byPath)) {
    entries[path] = [await bytesOf(path, asset), { mtime: EARLIEST, level: 1 }];
  }
  return zipSync(entries);
}

/** Base64 of the SHA-256, as Lambda gives a package's hash. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

async function bytesOf(path: string, asset: unknown): Promise<Uint8Array> {
  if (asset instanceof pulumi.asset.StringAsset) {
    return new TextEncoder().encode(await asset.text);
  }
  if (asset instanceof pulumi.asset.FileAsset) {
    return readFile(await asset.path);
  }
  throw new Error(
    `the asset "${path}" of the input "code" is neither a StringAsset nor a FileAsset.`,
  );
}

async function readZip(path: string): Promise<Uint8Array> {
  if (!(await stat(path)).isFile()) {
    throw new Error(`the input "code" is the folder ${path}: give a .zip or an AssetArchive.`);
  }
  return readFile(path);
}

function byPath([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
