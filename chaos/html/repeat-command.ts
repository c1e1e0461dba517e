import { commandOf } from "../../command-line/command-of.ts";
import type { Summary } from "../report/summary.ts";

/** Options that say how a result is shown, or which part of a drill runs how often. */
const flags = new Set(["all", "json", "verbose", "abort-on-fail", "until-failure"]);
const valued = new Set(["summary", "reports", "baseline", "badge", "seed", "only", "repeat"]);

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
  const options = [
    ...kept(args ?? []),
    ...(name === undefined ? all : only(name)),
    ...(chosen === "" ? [] : ["--seed", chosen]),
  ];
  return commandOf("run", options.map(quote).join(" "));
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

function kept(args: readonly string[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const [, name = "", value] = /^--([^=]+)(=[^]*)?$/.exec(arg) ?? [];
    if (flags.has(name)) continue;
    if (valued.has(name)) at += value === undefined ? 1 : 0;
    else left.push(arg);
  }
  return left;
}

/** As a POSIX shell takes it for one word. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
