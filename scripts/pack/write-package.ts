import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { emitModules } from "./emit-modules.ts";
import { emitTypes } from "./emit-types.ts";
import { documents, policyPack } from "./package-contents.ts";
import { packageManifest, type ProjectManifest } from "./package-manifest.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));

/** Writes what others install into a folder, as `npm pack` takes it. */
export async function writePackage(folder: string): Promise<void> {
  const manifest = JSON.parse(
    await readFile(path.join(project, "package.json"), "utf8"),
  ) as ProjectManifest;
  const entries = Object.values(manifest.exports)
    .filter((module) => module.endsWith(".ts"))
    .map((module) => path.normalize(module));
  // Everything else is reached from these.
  const roots = [...Object.values(manifest.bin), ...policyPack, ...entries];
  const { packages } = await emitModules(project, roots, folder);
  const named = emitTypes(project.replace(/\/$/, ""), entries, folder);
  const imported = new Map([
    ...[...named].map((each) => [each, "A declaration"] as const),
    ...packages,
  ]);
  await writeFile(
    path.join(folder, "package.json"),
    `${JSON.stringify(packageManifest(manifest, imported), undefined, 2)}\n`,
  );
  for (const [target, source] of Object.entries(documents))
    await cp(path.join(project, source), path.join(folder, target));
}
