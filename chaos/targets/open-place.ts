import { admit } from "../aws/admit.ts";
import type { CliOptions } from "../cli-options.ts";
import type { DrillOptions } from "../drill.ts";
import type { Experiment } from "../harness/experiment.ts";
import { readOutputs } from "../harness/read-outputs.ts";
import { newOwner } from "../ownership/drill-owner.ts";
import { claimStack } from "../preflight/claim-stack.ts";
import { witnessCloud } from "../preflight/cloud-witness.ts";
import { preflight } from "../preflight/preflight.ts";
import { awsClients } from "../harness/aws-clients.ts";
import { ChaosApi } from "../harness/injectors/chaos-api.ts";
import { isAws } from "../harness/target.ts";
import type { Target } from "../harness/target.ts";
import { assertHasProgram } from "./assert-has-program.ts";
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
  options: CliOptions,
  experiments: readonly Experiment[],
  { reportsDirectory, seed }: { readonly reportsDirectory: string; readonly seed: string },
): Promise<Place> {
  const { stack, outputs, allowAws, rehearseAws, all, program, config } = options;
  const found =
    stack !== undefined
      ? await pulumiOutputs(stack)
      : outputs !== undefined
        ? await readOutputs(outputs)
        : undefined;
  if (!found) {
    assertHasProgram(program);
    return embeddedClouds(reportsDirectory, { all, rehearseAws, program, config, seed });
  }
  return openThere(await openStack(found), experiments, allowAws);
}

/** A stack that exists, claimed for this drill. */
export async function openThere(
  there: Target,
  experiments: readonly Experiment[],
  allowAws: boolean,
): Promise<Place> {
  const print = (text: string) => process.stderr.write(`${text}\n`);
  const target = isAws(there)
    ? await admit(there, { experiments, allowAws, print })
    : await claimed(there, print);
  return {
    lanes: 1,
    // The stack is not the drill's: it stays as it is, and open, until the drill is over.
    openTarget: () => Promise.resolve({ ...target, close: () => Promise.resolve() }),
    close: () => target.close(),
  };
}

const answerDeadlineMs = 20_000;

/** Any table of the stack. */
function tableOf({ outputs, resources = [] }: Target): string | undefined {
  const table = resources.find(({ type }) => type === "aws:dynamodb/table:Table");
  return table?.id ?? (outputs as { productsTableName?: string }).productsTableName;
}

/** The stack on an emulated cloud, once nobody else perturbs it, and claimed until it is closed. */
async function claimed(target: Target, say: (text: string) => void): Promise<Target> {
  const { endpoint = "", outputs } = target;
  const owner = newOwner();
  const { fis, close } = awsClients({ endpoint, region: outputs.region });
  const chaosApi = new ChaosApi(endpoint, answerDeadlineMs);
  const closeClients = async () => {
    close();
    await chaosApi.close();
  };
  try {
    const cloud = { fis, chaosApi, endpoint };
    await preflight(cloud, { owner, say });
    const witness = await witnessCloud({
      endpoint,
      region: outputs.region,
      tableName: tableOf(target),
    });
    const claim = await claimStack(cloud, owner);
    return {
      ...target,
      owner,
      disturbance: () => witness.problem(),
      async close() {
        // A cloud that is gone has no claim left.
        await claim.release().catch(() => undefined);
        await closeClients();
        await target.close();
      },
    };
  } catch (error) {
    await closeClients();
    throw error;
  }
}
