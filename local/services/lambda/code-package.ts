import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { privateFolder } from "../../private-folder.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { readZip, type ZipEntry } from "./read-zip.ts";

/** A function's code, unpacked where its execution environments load it from. */
export interface CodePackage {
  readonly directory: string;
  /** SHA-256 of the zip file, base64. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Names of the files in it. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/** Largest unpacked code. Source: Lambda quotas, 250 MB. */
const maxUnpackedBytes = 250 * 1024 * 1024;
/** Longest name that file systems take, in bytes. Source: POSIX, NAME_MAX. */
const longestName = 255;
const longestPath = 3_000;
const hashedPerTurn = 4 * 1024 * 1024;

export async function unpackCode(zip: Buffer): Promise<CodePackage> {
  const files = listFiles(zip);
  const directory = await mkdtemp(join(privateFolder(), "function-"));
  try {
    for (const file of files) {
      const path = join(directory, file.name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await file.read().catch(unreadable));
    }
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  return {
    directory,
    sha256: await digest(zip),
    sizeBytes: zip.length,
    files: files.map(({ name }) => name),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The files of a zip file that can be written below one folder, each beside the others. */
function listFiles(zip: Buffer): ZipEntry[] {
  const entries = readEntries(zip);
  if (entries.length === 0) throw invalid("Uploaded file must be a non-empty zip");
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxUnpackedBytes)
    throw invalid(`Unzipped size must be smaller than ${String(maxUnpackedBytes)} bytes`);
  const files = entries.filter(({ isFolder }) => !isFolder);
  for (const { name, isLink } of entries) if (isLink || !isWritable(name)) unreadable();
  if (hasFileAsFolder(entries.map(({ name }) => name))) unreadable();
  return files;
}

function readEntries(zip: Buffer): ZipEntry[] {
  try {
    return readZip(zip);
  } catch {
    return unreadable();
  }
}

/** Whether there is `a` and also `a/b`. Sorted with NUL for `/`, these two stand side by side. */
function hasFileAsFolder(names: readonly string[]): boolean {
  const sorted = names.map((name) => name.replaceAll("/", "\0")).sort();
  return sorted.some((name, index) => {
    const next = sorted[index + 1];
    return !name.endsWith("\0") && next?.startsWith(`${name}\0`) === true;
  });
}

/** Whether a name is a path below a folder that every file system can have. */
function isWritable(name: string): boolean {
  const parts = name.replace(/\/$/, "").split("/");
  return (
    name.length <= longestPath &&
    !/[\0\\]/.test(name) &&
    parts.every(
      (part) =>
        part !== "" && part !== "." && part !== ".." && Buffer.byteLength(part) <= longestName,
    )
  );
}

/** SHA-256, in parts, so that 50 MB do not keep anybody waiting. */
async function digest(zip: Buffer): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < zip.length; at += hashedPerTurn) {
    hash.update(zip.subarray(at, at + hashedPerTurn));
    await setImmediate();
  }
  return hash.digest("base64");
}

function unreadable(): never {
  throw invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
}
