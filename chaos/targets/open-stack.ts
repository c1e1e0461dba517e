import { DescribeTableCommand, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import type { StackOutputs } from "../../infra/outputs.ts";
import { isAwsHost } from "../../infra/is-aws-host.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { awsClients } from "../harness/aws-clients.ts";
import type { Target } from "../harness/target.ts";
import { isThisMachine } from "../stack/is-this-machine.ts";
import { assertAnswers } from "./assert-answers.ts";

/**
 * A stack that is there, from its outputs: on the emulated cloud at its `endpoint`, or on AWS.
 *
 * @throws CannotRunError when the outputs contradict themselves, nothing answers, or the table is gone
 */
export async function openStack(outputs: StackOutputs): Promise<Target> {
  const { endpoint, productApiUrl } = outputs;
  if (endpoint === undefined) {
    const { hostname } = new URL(productApiUrl);
    if (isThisMachine(hostname))
      throw new CannotRunError(
        `The stack's outputs name no endpoint, as on AWS, but productApiUrl is on this machine (${hostname}): add the endpoint of its cloud.`,
      );
    return { outputs, close: () => Promise.resolve() };
  }
  if (isAwsHost(new URL(endpoint).hostname))
    throw new CannotRunError(
      `The stack's endpoint ${endpoint} is AWS itself: deploy it without the configuration endpoint.`,
    );
  if (isAwsHost(new URL(productApiUrl).hostname))
    throw new CannotRunError(
      `The stack's endpoint ${endpoint} is an emulator and its productApiUrl is on AWS: they are of two stacks.`,
    );
  await assertAnswers(endpoint);
  await assertHasTable(endpoint, outputs);
  return { endpoint, outputs, close: () => Promise.resolve() };
}

/** An emulated cloud that was started again has forgotten what the outputs name. */
async function assertHasTable(
  endpoint: string,
  { region, productsTableName }: StackOutputs,
): Promise<void> {
  const { dynamodb, close } = awsClients({ endpoint, region });
  try {
    await dynamodb.send(new DescribeTableCommand({ TableName: productsTableName }));
  } catch (error) {
    // What else goes wrong here, an experiment meets too, and says in its steps.
    if (!(error instanceof ResourceNotFoundException)) return;
    throw new CannotRunError(
      `The stack's cloud at ${endpoint} has no table ${productsTableName}: deploy the stack again.`,
    );
  } finally {
    close();
  }
}
