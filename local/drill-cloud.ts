import type { StackOutputs } from "../infra/outputs.ts";
import { startCloud, type CloudOptions } from "./cloud.ts";
import { startDeployProcess } from "./deploy/deploy-apart.ts";
import { findProgram } from "./deploy/find-program.ts";
import { isolateFromShell } from "./isolate-from-shell.ts";
import type { Log } from "./log.ts";

const STACK = "local";

export interface DrillCloudOptions extends CloudOptions {
  /** Folder of the Pulumi program. Default: the working directory. */
  readonly program?: string;
  /** Configuration that wins over Pulumi.local.yaml's; keys as in Pulumi.yaml. */
  readonly config?: Readonly<Record<string, string>>;
  /** Takes one entry a created resource. Default: dropped. */
  readonly deployLog?: Log;
  /** Aborting it gives the start up: the promise rejects, and nothing runs on. */
  readonly signal?: AbortSignal;
}

export interface DrillCloud {
  /** Such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  readonly outputs: StackOutputs;
  /** Stops everything that was started. */
  close(): Promise<void>;
}

/**
 * Starts an embedded cloud with the stack `local` deployed on it. Several may run in one process.
 * Takes the settings of the user's shell out of this process first (see isolateFromShell).
 *
 * @throws Node's `EADDRINUSE` error when the port is taken, or the error of the deployment; nothing
 * runs on then.
 */
export async function startDrillCloud(options: DrillCloudOptions = {}): Promise<DrillCloud> {
  const { program = ".", config = {}, deployLog, signal, ...cloudOptions } = options;
  const { project, folder, entry } = findProgram(program);
  if (entry === undefined)
    throw new Error(`${project} in ${folder} has no entry module that Node.js runs.`);
  isolateFromShell(process.env);
  const deployment = startDeployProcess();
  const closing: (() => Promise<void>)[] = [() => deployment.close()];
  const giveUp = (): void => {
    void deployment.close();
  };
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    signal?.throwIfAborted();
    const cloud = await startCloud(cloudOptions);
    closing.push(() => cloud.close());
    const outputs = await deployment.deploy({
      programUrl: entry,
      stack: STACK,
      endpoint: cloud.endpoint,
      config,
      ...(deployLog && { log: deployLog }),
    });
    return { endpoint: cloud.endpoint, outputs, close: () => cloud.close() };
  } catch (error) {
    for (const close of closing) await close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}
