import { existsSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

/** A Pulumi program on disk. */
export interface PulumiProgram {
  /** Where Pulumi.yaml and the stacks' files lie. */
  readonly folder: URL;
  /** The program's working directory: that of `main`, as the Pulumi CLI sets it. */
  readonly directory: string;
  /** Path of the entry module. */
  readonly entry: string;
}

const projectFile = z.looseObject({
  runtime: z.union([z.string(), z.looseObject({ name: z.string() })]),
  main: z.string().optional(),
});

const EXTENSIONS = ["", ".js", ".ts", ".cjs", ".mjs", ".cts", ".mts", ".tsx", ".json"];

/**
 * Finds what the Pulumi CLI would run: `main` of Pulumi.yaml, a file or a folder; in a folder, what its
 * package.json exports, or its `main`, or its index file.
 * Source: Pulumi documentation, "Pulumi project file reference"; @pulumi/pulumi, cmd/run/run.ts.
 *
 * @param location the program's folder, or its entry module itself
 * @throws Error, one sentence, where there is no such program
 */
export async function openProgram(location: URL): Promise<PulumiProgram> {
  const path = resolve(fileURLToPath(location));
  if (!existsSync(path))
    throw new Error(`There is no ${path}: give the folder of a Pulumi program.`);
  if (!statSync(path).isDirectory())
    return { folder: new URL(".", location), directory: dirname(path), entry: path };
  const file = join(path, "Pulumi.yaml");
  if (!existsSync(file))
    throw new Error(`There is no Pulumi.yaml in ${path}: give the folder of a Pulumi program.`);
  const project = projectFile.safeParse(parse(await readFile(file, "utf8")));
  if (!project.success) throw new Error(`${file} is no project: ${z.prettifyError(project.error)}`);
  const { runtime, main = "." } = project.data;
  const language = typeof runtime === "string" ? runtime : runtime.name;
  if (language !== "nodejs")
    throw new Error(
      `The program in ${path} has the runtime ${language}, and the in-process engine runs nodejs ` +
        "programs: use the Pulumi CLI (pulumi up).",
    );
  const { directory, entry, isFolder } = findEntry(path, main);
  if (entry === undefined)
    throw new Error(
      `The program in ${path} has no entry module: there is no ` +
        `${isFolder ? "index.ts or index.js" : main} in ${isFolder ? directory : path}.`,
    );
  return { folder: pathToFileURL(`${path}/`), directory, entry };
}

/** Where `main` of a program leads, a file or a folder, and the entry module there if it has one. */
export function findEntry(
  folder: string,
  main = ".",
): { readonly directory: string; readonly entry: string | undefined; readonly isFolder: boolean } {
  const target = resolve(folder, main);
  const isFolder = existsSync(target) && statSync(target).isDirectory();
  return isFolder
    ? { directory: target, entry: entryOf(target), isFolder }
    : { directory: dirname(target), entry: asFile(target), isFolder };
}

/** What a package's manifest names, where that exists, or its index file. */
function entryOf(folder: string): string | undefined {
  const { exports, main } = manifestOf(folder);
  const named = exports === undefined ? main : exportOf(exports);
  const entry = typeof named === "string" ? asFile(join(folder, named)) : undefined;
  return entry ?? asFile(join(folder, "index"));
}

/** A file of this name, with an extension left out, or the index of a folder of this name. */
function asFile(path: string): string | undefined {
  const isFile = (each: string) => existsSync(each) && statSync(each).isFile();
  return (
    EXTENSIONS.map((extension) => path + extension).find(isFile) ??
    EXTENSIONS.map((extension) => join(path, `index${extension}`)).find(isFile)
  );
}

function exportOf(exports: unknown): unknown {
  if (typeof exports !== "object" || exports === null) return exports;
  const conditions = exports as Record<string, unknown>;
  const main = conditions["."];
  if (main !== undefined) return exportOf(main);
  return conditions["default"] ?? conditions["require"] ?? conditions["import"];
}

/** Whether Node.js takes a file for an ES module rather than CommonJS. */
export function isModule(file: string): boolean {
  const extension = extname(file);
  if (extension.startsWith(".m")) return true;
  if (extension.startsWith(".c")) return false;
  const folder = packageFolderOf(file);
  return folder !== undefined && manifestOf(folder).type === "module";
}

/** The nearest folder around a file that has a package.json. */
export function packageFolderOf(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function manifestOf(folder: string): { type?: unknown; main?: unknown; exports?: unknown } {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, "utf8")) as ReturnType<typeof manifestOf>;
}
