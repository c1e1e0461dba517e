import { runAgain } from "../report/run-again.ts";

/**
 * The command that runs one experiment of a drill again, with the same dice.
 *
 * @param args the arguments of the drill: what they say of the stack and the load is kept
 */
export function replayCommand(
  args: readonly string[],
  { experiment, seed }: { readonly experiment: string; readonly seed: string },
): string {
  return runAgain(args, ["--only", experiment, "--seed", seed]);
}
