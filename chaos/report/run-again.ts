import { commandOf } from "../../command-line/command-of.ts";
import { shellWord } from "../../command-line/shell-word.ts";

/** Options that say how a result is shown, or which part of a drill runs how often. */
const flags = new Set(["all", "json", "verbose", "abort-on-fail", "until-failure"]);
const valued = new Set(["summary", "reports", "baseline", "badge", "seed", "only", "repeat"]);

/**
 * The command of a drill again, as a shell takes it.
 *
 * @param args the arguments of the drill: what they say of the stack and the load is kept
 * @param chosen options that stand in the place of the others, such as `--only` and `--seed`
 */
export function runAgain(args: readonly string[], chosen: readonly string[]): string {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const [, name = "", value] = /^--([^=]+)(=[^]*)?$/.exec(arg) ?? [];
    if (flags.has(name)) continue;
    if (valued.has(name)) at += value === undefined ? 1 : 0;
    else kept.push(arg);
  }
  return commandOf("run", [...kept, ...chosen].map(shellWord).join(" "));
}
