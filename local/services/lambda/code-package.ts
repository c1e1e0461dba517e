import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize, sep } from "node:path";
import { unzipSync } from "fflate";
import { AwsError } from "../../wire/aws-error.ts";

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

/** What a process that ends without closing its cloud must still remove. */
const directories = new Set<string>();
process.once("exit", () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

export async function unpackCode(zip: Buffer): Promise<CodePackage> {
  const files = unzip(zip);
  const directory = await mkdtemp(join(tmpdir(), "outage-drill-function-"));
  directories.add(directory);
  try {
    for (const [name, content] of Object.entries(files)) {
      if (name.endsWith("/")) continue;
      const path = normalize(join(directory, name));
      if (!path.startsWith(directory + sep))
        throw new AwsError(
          "InvalidParameterValueException",
          `The zip file has an entry outside its own folder: ${name}`,
        );
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  } catch (error) {
    await remove(directory);
    throw error;
  }
  return {
    directory,
    sha256: createHash("sha256").update(zip).digest("base64"),
    sizeBytes: zip.length,
    files: Object.keys(files),
    remove: () => remove(directory),
  };
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  directories.delete(directory);
}

function unzip(zip: Buffer): Record<string, Uint8Array> {
  let totalBytes = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, {
      filter: ({ originalSize }) => {
        totalBytes += originalSize;
        return totalBytes <= maxUnpackedBytes;
      },
    });
  } catch {
    throw new AwsError(
      "InvalidParameterValueException",
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    );
  }
  if (totalBytes > maxUnpackedBytes)
    throw new AwsError(
      "InvalidParameterValueException",
      `Unzipped size must be smaller than ${String(maxUnpackedBytes)} bytes`,
    );
  return files;
}
