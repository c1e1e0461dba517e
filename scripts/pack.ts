/**
 * `npm run pack`: writes `dist/outage-drill-VERSION.tgz`, which is what others install;
 * `-- --out DIR` writes it elsewhere.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { writePackage } from "./pack/write-package.ts";

const { out } = parseArgs({ options: { out: { type: "string" } } }).values;
const dist = path.resolve(out ?? fileURLToPath(new URL("../dist/", import.meta.url)));

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

const folder = await mkdtemp(path.join(tmpdir(), "outage-drill-pack-"));
try {
  await writePackage(folder);
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist))
    if (name.endsWith(".tgz")) await rm(path.join(dist, name));
  const { stdout } = await npm(["pack", "--json", "--pack-destination", dist], folder);
  for (const { filename, size, unpackedSize, entryCount } of JSON.parse(stdout) as Packed[])
    console.log(
      `${path.join(path.relative(process.cwd(), dist), filename)}: ${String(entryCount)} files, ${megabytes(size)}, unpacked ${megabytes(unpackedSize)}`,
    );
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The npm that runs this script, or else the one on the PATH. */
function npm(args: readonly string[], cwd: string): Promise<{ stdout: string }> {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js")
    ? promisify(execFile)(process.execPath, [script, ...args], { cwd })
    : promisify(execFile)("npm", args, { cwd });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
