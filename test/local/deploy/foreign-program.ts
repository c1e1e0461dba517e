import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const packages = fileURLToPath(new URL("../../../node_modules", import.meta.url));

export interface ForeignProgram extends AsyncDisposable {
  /** Path of its folder. */
  readonly folder: string;
  readonly url: URL;
}

/** A program outside of this repository, with these files and no packages. */
export async function foreignProgram(
  files: Readonly<Record<string, string>>,
): Promise<ForeignProgram> {
  const folder = await mkdtemp(join(tmpdir(), "outage-drill-program-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return {
    folder,
    url: pathToFileURL(`${folder}/`),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Gives it an SDK of its own, which is another than this repository's, of this version. */
export async function installOwnSdk(folder: string, version: string): Promise<void> {
  const own = join(folder, "node_modules");
  await mkdir(join(own, "@pulumi"), { recursive: true });
  for (const name of await readdir(packages))
    if (name !== "@pulumi" && !name.startsWith("."))
      await symlink(join(packages, name), join(own, name));
  const sdk = join(own, "@pulumi", "pulumi");
  await cp(join(packages, "@pulumi", "pulumi"), sdk, {
    recursive: true,
    filter: (path) => !path.endsWith("vendor"),
  });
  await writeFile(join(sdk, "version.js"), `exports.version = "${version}";\n`);
}
