import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { findEntry } from "./open-program.ts";

const projectFile = z.looseObject({
  name: z.string(),
  runtime: z.union([z.string(), z.looseObject({ name: z.string() })]),
  main: z.string().optional(),
});

/** A Pulumi program, as its folder describes it. */
export interface FoundProgram {
  /** Absolute path of the folder with Pulumi.yaml. */
  readonly folder: string;
  readonly project: string;
  /** Such as `nodejs`. */
  readonly runtime: string;
  /** The entry module; `undefined` where there is none, or another runtime finds it. */
  readonly entry: URL | undefined;
  /** Names of the stacks that have a file `Pulumi.<stack>.yaml`, sorted. */
  readonly stacks: readonly string[];
}

/**
 * Reads which program a folder holds, as the Pulumi CLI does: `main` of Pulumi.yaml, a folder or a
 * file, then `main` of package.json, then `index`.
 * Source: Pulumi documentation, "Pulumi project file reference" (`main`), and pulumi/pulumi,
 * sdk/nodejs/cmd/run, which asks Node.js to require the folder.
 *
 * @throws Error, one sentence on what is missing or cannot be read, and what to do
 */
export function findProgram(folder: string): FoundProgram {
  const absolute = path.resolve(folder);
  const file = path.join(absolute, "Pulumi.yaml");
  if (!isFile(file))
    throw new Error(
      `There is no Pulumi.yaml in ${absolute}: change to the folder of a Pulumi program, or name it with --program DIR.`,
    );
  const { name, runtime, main } = readProjectFile(file);
  const runtimeName = typeof runtime === "string" ? runtime : runtime.name;
  const entry = runtimeName === "nodejs" ? findEntry(absolute, main).entry : undefined;
  return {
    folder: absolute,
    project: name,
    runtime: runtimeName,
    entry: entry === undefined ? undefined : pathToFileURL(entry),
    stacks: readdirSync(absolute)
      .flatMap((each) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(each)?.[1] ?? [])
      .sort(),
  };
}

function readProjectFile(file: string): z.infer<typeof projectFile> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    const [line = ""] = String((error as Error).message).split("\n");
    throw new Error(`${file} is not YAML: ${line.replace(/:$/, "")}.`, { cause: error });
  }
  const checked = projectFile.safeParse(content);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new Error(
    `${file} describes no program: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}.`,
  );
}

function isFile(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
}
