import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { StackOutputs } from "../infra/outputs.ts";
import { startCloud, type CloudOptions } from "./cloud.ts";
import { startDeployProcess } from "./deploy/deploy-apart.ts";
import type { Deployed } from "./deploy/deploy.ts";
import { stackToDeploy } from "./deploy/stack-to-deploy.ts";
import { isolateFromShell } from "./isolate-from-shell.ts";
import type { Log } from "./log.ts";

export interface DrillCloudOptions extends CloudOptions {
  /** Folder of the Pulumi program, with Pulumi.yaml. Default: the working directory. */
  readonly program?: string;
  /** Name of the stack. Default: see stackToDeploy. */
  readonly stack?: string;
  /** Configuration that wins over the stack's file; keys as in Pulumi.yaml. */
  readonly config?: Readonly<Record<string, string>>;
  /** Takes one entry a created resource. Default: dropped. */
  readonly deployLog?: Log;
  /** Aborting it gives the start up: the promise rejects, and nothing runs on. */
  readonly signal?: AbortSignal;
}

export interface DrillCloud<Outputs = StackOutputs> extends Deployed<Outputs> {
  /** Such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Stops everything that was started. */
  close(): Promise<void>;
}

/**
 * Starts an embedded cloud with a stack of a Pulumi program deployed on it. Several may run in one process.
 * Takes the settings of the user's shell out of this process first (see isolateFromShell).
 *
 * @throws Node's `EADDRINUSE` error when the port is taken, or the error of the deployment; nothing
 * runs on then.
 */
export async function startDrillCloud<Outputs = StackOutputs>(
  options: DrillCloudOptions = {},
): Promise<DrillCloud<Outputs>> {
  const { program = ".", stack, config = {}, deployLog, signal, ...cloudOptions } = options;
  const programUrl = pathToFileURL(`${resolve(program)}/`);
  isolateFromShell(process.env);
  const deployment = startDeployProcess(programUrl);
  const closing: (() => Promise<void>)[] = [() => deployment.close()];
  const giveUp = (): void => {
    void deployment.close();
  };
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    signal?.throwIfAborted();
    const cloud = await startCloud(cloudOptions);
    closing.push(() => cloud.close());
    const deployed = await deployment.deploy<Outputs>({
      programUrl,
      stack: stack ?? stackToDeploy(programUrl),
      endpoint: cloud.endpoint,
      config,
      runOldRuntimes: options.runOldRuntimes ?? false,
      ...(deployLog && { log: deployLog }),
    });
    return { endpoint: cloud.endpoint, ...deployed, close: () => cloud.close() };
  } catch (error) {
    for (const close of closing) await close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}
