import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

export interface Instance extends AsyncDisposable {
  readonly directory: string;
  /** The folder, a `file:` URL that ends with a slash. */
  readonly url: URL;
}

/**
 * Makes a project of a template as `pulumi new` does, and gives it this project's packages and this
 * project itself as outage-drill. Source: Pulumi documentation, "Pulumi template file reference".
 */
export async function instantiateTemplate(template: string, name: string): Promise<Instance> {
  const directory = await mkdtemp(path.join(tmpdir(), "outage-drill-template-"));
  await cp(path.join(PROJECT, "templates", template), directory, { recursive: true });
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = (await readFile(file, "utf8"))
      .replaceAll("${PROJECT}", name)
      .replaceAll("${DESCRIPTION}", 'Orders: "kept" in an outage');
    await writeFile(file, text);
  }
  const modules = path.join(directory, "node_modules");
  await mkdir(modules);
  for (const entry of await readdir(path.join(PROJECT, "node_modules")))
    if (!entry.startsWith("."))
      await symlink(path.join(PROJECT, "node_modules", entry), path.join(modules, entry));
  await symlink(PROJECT, path.join(modules, "outage-drill"));
  return {
    directory,
    url: pathToFileURL(directory + path.sep),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
