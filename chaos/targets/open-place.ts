import { admit } from "../aws/admit.ts";
import type { CliOptions } from "../cli-options.ts";
import type { DrillOptions } from "../drill.ts";
import type { Experiment } from "../harness/experiment.ts";
import { readOutputs } from "../harness/read-outputs.ts";
import { isAws } from "../harness/target.ts";
import { embeddedClouds } from "./embedded-cloud.ts";
import { openStack } from "./open-stack.ts";
import { pulumiOutputs } from "./pulumi-outputs.ts";

/** Where the experiments run: what a drill opens for each of them, and closes in the end. */
export type Place = Pick<DrillOptions, "openTarget" | "lanes" | "close">;

/**
 * The stack that the options name, or embedded clouds.
 *
 * @param reportsDirectory where an embedded cloud's log goes
 * @param seed what the dice of an embedded cloud's faults come from
 * @throws CannotRunError
 */
export async function openPlace(
  { stack, outputs, allowAws, rehearseAws }: CliOptions,
  experiments: readonly Experiment[],
  { reportsDirectory, seed }: { readonly reportsDirectory: string; readonly seed: string },
): Promise<Place> {
  const found =
    stack !== undefined
      ? await pulumiOutputs(stack)
      : outputs !== undefined
        ? await readOutputs(outputs)
        : undefined;
  if (!found) return embeddedClouds(reportsDirectory, { rehearseAws, seed });
  const there = await openStack(found);
  const print = (text: string) => process.stderr.write(`${text}\n`);
  const target = isAws(there) ? await admit(there, { experiments, allowAws, print }) : there;
  return {
    lanes: 1,
    // The stack is not the drill's: it stays as it is, and open, until the drill is over.
    openTarget: () => Promise.resolve({ ...target, close: () => Promise.resolve() }),
    close: () => target.close(),
  };
}
