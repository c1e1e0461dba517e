import type { Experiment } from "../harness/experiment.ts";
import type { Target } from "../harness/target.ts";

/**
 * Why an experiment cannot be tried on a stack as it is: the configuration that it needs is another
 * one, as far as the stack's outputs tell. Undefined when it can.
 */
export function whyNotOn({ config }: Experiment, { outputs }: Target): string | undefined {
  const needed = config["writeBuffer"] ?? "true";
  const deployed = String("productEventsQueueUrl" in outputs);
  return needed === deployed
    ? undefined
    : `it needs a stack with writeBuffer: ${needed}, and this one has writeBuffer: ${deployed}`;
}
