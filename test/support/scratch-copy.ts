import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));
const copied = [
  "Pulumi.yaml",
  "Pulumi.local.yaml",
  "chaos",
  "command-line",
  "functions",
  "index.ts",
  "infra",
  "local",
  "package.json",
  "packages",
  "policy",
];

export interface ScratchCopy extends AsyncDisposable {
  readonly directory: string;
  /** Replaces a text that stands exactly once in a file. */
  edit(file: string, before: string, after: string): Promise<void>;
}

/** A copy of the project to break; its packages are this project's own. */
export async function scratchCopy(): Promise<ScratchCopy> {
  const directory = await mkdtemp(join(tmpdir(), "outage-drill-copy-"));
  for (const name of copied)
    await cp(join(project, name), join(directory, name), { recursive: true });
  await symlink(join(project, "node_modules"), join(directory, "node_modules"));
  return {
    directory,
    async edit(file, before, after) {
      const path = join(directory, file);
      const text = await readFile(path, "utf8");
      if (text.split(before).length !== 2)
        throw new Error(`${file} has this text not exactly once: ${before}`);
      await writeFile(
        path,
        text.replace(before, () => after),
      );
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
