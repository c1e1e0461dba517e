import { runAgain } from "../report/run-again.ts";
import type { Summary } from "../report/summary.ts";

/**
 * The command that repeats a run, or one experiment of it, with the same dice. What the run's own command
 * line says of the stack and the load is kept.
 */
export function repeatCommand(
  { seed, arguments: args, experiments }: Summary,
  experiment?: { readonly name: string; readonly seed: string | undefined },
): string {
  const names = experiments.map((each) => each.experiment);
  const all = args?.includes("--all") ? ["--all"] : onlyOf(args ?? names.flatMap(only));
  // The second of several repetitions is named after its experiment and has a number in its seed.
  const repetition = /\/(\d+)$/.exec(experiment?.seed ?? "")?.[1];
  const name = repetition ? experiment?.name.replace(`-${repetition}`, "") : experiment?.name;
  const chosen = experiment?.seed ?? seed;
  return runAgain(args ?? [], [
    ...(name === undefined ? all : only(name)),
    ...(chosen === "" ? [] : ["--seed", chosen]),
  ]);
}

function only(name: string): string[] {
  return ["--only", name];
}

/** The experiments that a command line asks for by name. */
function onlyOf(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (arg === "--only") return only(args[index + 1] ?? "");
    return arg.startsWith("--only=") ? only(arg.slice("--only=".length)) : [];
  });
}
