import type { CliOptions } from "./cli-options.ts";
import { awsClients } from "./harness/aws-clients.ts";
import { ChaosApi } from "./harness/injectors/chaos-api.ts";
import { readOutputs } from "./harness/read-outputs.ts";
import { stopDrills } from "./preflight/stop-drills.ts";
import { assertAnswers } from "./targets/assert-answers.ts";
import { pulumiOutputs } from "./targets/pulumi-outputs.ts";

const answerDeadlineMs = 20_000;
const defaultRegion = "us-east-1";

/**
 * `npm run chaos -- --stop`: removes what drills have left on a stack and prints it.
 *
 * @returns the exit code: 0 when nothing of a drill is left, 3 otherwise
 * @throws CannotRunError when the stack's cloud does not answer
 */
export async function runStop(
  options: Pick<CliOptions, "stack" | "outputs" | "endpoint">,
): Promise<number> {
  const { endpoint, region } = await placeOf(options);
  if (endpoint !== undefined) await assertAnswers(endpoint);
  const { fis, close } = awsClients({ ...(endpoint && { endpoint }), region });
  const chaosApi = endpoint === undefined ? undefined : new ChaosApi(endpoint, answerDeadlineMs);
  try {
    const { lines, isClean } = await stopDrills({ fis, chaosApi, ...(endpoint && { endpoint }) });
    process.stdout.write(`${lines.join("\n")}\n`);
    return isClean ? 0 : 3;
  } finally {
    close();
    await chaosApi?.close();
  }
}

async function placeOf({ stack, outputs, endpoint }: Parameters<typeof runStop>[0]) {
  if (endpoint !== undefined) return { endpoint, region: defaultRegion };
  return stack === undefined ? readOutputs(outputs ?? "") : pulumiOutputs(stack);
}
