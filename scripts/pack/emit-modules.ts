import { existsSync, statSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { nameEmittedFiles, namedFiles } from "./module-urls.ts";
import { packageOf } from "./package-of.ts";

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  // What the oldest Node.js that the package runs on understands.
  target: ts.ScriptTarget.ES2023,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  allowJs: true,
};

export interface Emitted {
  /** Paths of what was written, relative to the package's folder. */
  readonly files: readonly string[];
  /** Name of a package → the first module that imports it. */
  readonly packages: ReadonlyMap<string, string>;
}

/**
 * Writes the JavaScript of a package: of its first modules and of all that they reach, by imports and
 * as files that a module names by its own URL. Whatever is reached by types alone stays out.
 *
 * @param roots paths relative to the project's folder: modules, and files to take unchanged
 * @throws Error for a file that a module names and that does not exist
 */
export async function emitModules(
  project: string,
  roots: readonly string[],
  folder: string,
): Promise<Emitted> {
  const files = new Map<string, string>();
  const packages = new Map<string, string>();
  const open = [...roots];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    const target = file.replace(/\.ts$/, ".js");
    files.set(file, target);
    await mkdir(path.join(folder, path.dirname(target)), { recursive: true });
    if (!/\.[jt]s$/.test(file)) {
      await cp(path.join(project, file), path.join(folder, target));
      continue;
    }
    const text = await readFile(path.join(project, file), "utf8");
    const { outputText } = ts.transpileModule(text, {
      fileName: file,
      compilerOptions: options,
      transformers: { before: [nameEmittedFiles] },
    });
    await writeFile(path.join(folder, target), outputText);
    for (const { fileName } of ts.preProcessFile(outputText, true, true).importedFiles) {
      if (fileName.startsWith(".")) open.push(sourceOf(project, file, fileName));
      else if (!fileName.startsWith("node:") && !packages.has(packageOf(fileName)))
        packages.set(packageOf(fileName), file);
    }
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const name of namedFiles(source)) {
      const named = sourceOf(project, file, name);
      if (statSync(path.join(project, named)).isFile()) open.push(named);
    }
  }
  return { files: [...files.values()], packages };
}

/** The file of this project that a module means: TypeScript where it names what will come of it. */
function sourceOf(project: string, module: string, name: string): string {
  const file = path.join(path.dirname(module), name);
  const source = file.replace(/\.js$/, ".ts");
  for (const candidate of [source, file])
    if (existsSync(path.join(project, candidate))) return candidate;
  throw new Error(`${module} names ${name}, which does not exist.`);
}
