import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in a repository. */
export interface Source {
  /** From the root of the repository, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

const catalogue = fileURLToPath(new URL("../experiments/", import.meta.url));

/**
 * Where a reader finds what an experiment tries: the FIS template that it was made of, the workload, or
 * the experiment itself where it is of this repository's catalogue. Undefined where none of these is in a
 * repository.
 *
 * @param experiment its name, without the number of a repetition
 */
export function experimentSource(
  experiment: string,
  { workload, template }: { readonly workload?: string; readonly template: readonly string[] },
): Source | undefined {
  const ofTemplate = template.find((file) => basename(file, extname(file)) === experiment);
  const path = ofTemplate ?? workload ?? join(catalogue, experiment, "experiment.ts");
  const pattern = ofTemplate === undefined ? beginning(experiment) : /"actions"/;
  return sourceOf(resolve(path), pattern);
}

/** The declaration of a workload, or the name of an experiment. */
function beginning(experiment: string): RegExp {
  return new RegExp(`: Workload\\b|^export default\\b|name: ${JSON.stringify(experiment)}`);
}

function sourceOf(path: string, pattern: RegExp): Source | undefined {
  if (!existsSync(path)) return undefined;
  const root = rootOf(dirname(path));
  if (root === undefined) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  return {
    file: relative(root, path).split(sep).join("/"),
    line: Math.max(1, lines.findIndex((line) => pattern.test(line)) + 1),
  };
}

/** The nearest folder above that Git knows as a repository or a work tree. */
function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : rootOf(above);
}
