import type { StackOutputs } from "../../infra/outputs.ts";
import type { Log } from "../log.ts";
import { withDefaultRegion } from "./default-provider.ts";
import type { DeployedResource } from "./deployed-resource.ts";
import { createEngine } from "./engine.ts";
import { readConfig } from "./read-config.ts";
import { runProgram } from "./run-program.ts";

const DEPLOYED_WITHIN_MS = 60_000;

export interface DeployOptions {
  /**
   * The folder of the Pulumi program, with Pulumi.yaml, ending with a slash; or its entry module
   * beside Pulumi.yaml.
   */
  readonly programUrl: URL;
  /** Such as `local`; a stack needs no file. */
  readonly stack: string;
  /** Where every call goes, and what the stack's `endpoint` is set to where the program has such a key. */
  readonly endpoint: string;
  /** Configuration that wins over the stack's, with or without the project's namespace. */
  readonly config?: Readonly<Record<string, string>>;
  /** Takes one entry a created resource. Default: dropped. */
  readonly log?: Log;
  /** Whether functions of runtimes that are no longer served run on Node.js 24. Default: no. */
  readonly runOldRuntimes?: boolean;
  /** Default: a minute. */
  readonly timeoutMs?: number;
}

/** What a deployment has made. */
export interface Deployed<Outputs = StackOutputs> {
  /** The program's outputs, as `pulumi stack output --json` gives them. */
  readonly outputs: Outputs;
  /** Its resources, in the order in which they were created. */
  readonly resources: readonly DeployedResource[];
}

/**
 * Deploys a Pulumi program onto an AWS endpoint, in this process and without the Pulumi CLI: each of
 * its resources is created through the AWS API. Nothing is kept; every deployment is a first one.
 *
 * Relative paths of the program, as in `new FileArchive("./folder")`, are seen from this process's
 * working directory; `startDeployProcess` sets that as the Pulumi CLI does.
 *
 * @throws Error with a sentence for everything that was in the way: inputs and types that are not
 * applied, the services' own errors. What was created before stays.
 */
export async function deploy<Outputs = StackOutputs>(
  options: DeployOptions,
): Promise<Deployed<Outputs>> {
  const { programUrl, stack, endpoint, log = () => undefined } = options;
  const { project, values } = await readConfig(programUrl, stack, options.config, { endpoint });
  const config = withDefaultRegion(values);
  const engine = createEngine({
    endpoint,
    config,
    log,
    runOldRuntimes: options.runOldRuntimes ?? false,
  });
  try {
    const outputs = await runProgram({
      programUrl,
      project,
      stack,
      config,
      engine,
      timeoutMs: options.timeoutMs ?? DEPLOYED_WITHIN_MS,
    });
    return {
      // Drops the outputs that the program leaves undefined.
      outputs: JSON.parse(JSON.stringify(outputs)) as Outputs,
      resources: engine.resources(),
    };
  } finally {
    engine.close();
  }
}
