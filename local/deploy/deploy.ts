import type { StackOutputs } from "../../infra/outputs.ts";
import type { Log } from "../log.ts";
import { createEngine } from "./engine.ts";
import { readConfig } from "./read-config.ts";
import { runProgram } from "./run-program.ts";

const DEPLOYED_WITHIN_MS = 60_000;

export interface DeployOptions {
  /** The Pulumi program's entry module; Pulumi.yaml and Pulumi.<stack>.yaml lie beside it. */
  readonly programUrl: URL;
  /** Such as `local`. */
  readonly stack: string;
  /** Where every call goes, and what the stack's `endpoint` is set to. */
  readonly endpoint: string;
  /** Configuration that wins over the stack's, with or without the project's namespace. */
  readonly config?: Readonly<Record<string, string>>;
  /** Takes one entry a created resource. Default: dropped. */
  readonly log?: Log;
  /** Default: a minute. */
  readonly timeoutMs?: number;
}

/**
 * Deploys a Pulumi program onto an AWS endpoint, in this process and without the Pulumi CLI: each of
 * its resources is created through the AWS API. Nothing is kept; every deployment is a first one.
 *
 * @returns the program's outputs, as `pulumi stack output --json` gives them
 * @throws Error that starts with the resource's name and type: an input that is not applied, or the
 * service's own error. What was created before it stays.
 */
export async function deploy<Outputs = StackOutputs>(options: DeployOptions): Promise<Outputs> {
  const { programUrl, stack, endpoint, log = () => undefined } = options;
  const { project, values } = await readConfig(programUrl, stack, {
    ...options.config,
    endpoint,
  });
  const engine = createEngine({ endpoint, log });
  try {
    const outputs = await runProgram({
      programUrl,
      project,
      stack,
      config: values,
      mocks: engine.mocks,
      timeoutMs: options.timeoutMs ?? DEPLOYED_WITHIN_MS,
    });
    // Drops the outputs that the program leaves undefined.
    return JSON.parse(JSON.stringify(outputs)) as Outputs;
  } finally {
    engine.close();
  }
}
