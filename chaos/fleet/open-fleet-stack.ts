import { isAwsHost } from "../../infra/is-aws-host.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { paceOf } from "../harness/pace.ts";
import { Stack } from "../harness/stack.ts";
import type { Target } from "../harness/target.ts";
import { describe, readStack } from "../stack/read-stack.ts";
import { assertAnswers } from "../targets/assert-answers.ts";

/**
 * The stack that processes send load to, from a file with its outputs; nothing is injected into it.
 *
 * @param endpoint of its cloud, where the outputs do not name it
 * @throws CannotRunError
 */
export async function openFleetStack(outputs: string, endpoint?: string): Promise<Stack> {
  const found = await readStack(outputs);
  const there = describe(found.ownOutputs, found.resources, {
    endpoint: endpoint ?? found.outputs.endpoint,
  });
  const known = there.outputs.endpoint;
  if (known !== undefined) {
    if (isAwsHost(new URL(known).hostname))
      throw new CannotRunError(`The endpoint ${known} is AWS itself: leave it out.`);
    await assertAnswers(known);
  }
  const target: Target = {
    ...there,
    ...(known !== undefined && { endpoint: known }),
    close: () => Promise.resolve(),
  };
  return new Stack(target, paceOf(target));
}
