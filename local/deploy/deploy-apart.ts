import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { StackOutputs } from "../../infra/outputs.ts";
import { cleanEnvironment } from "../clean-environment.js";
import { isolateFromShell } from "../isolate-from-shell.ts";
import type { Log } from "../log.ts";
import type { DeployOptions } from "./deploy.ts";

/** What is deployed; a program is named by its URL's text, because it crosses to another process. */
export type Deployment = Omit<DeployOptions, "programUrl" | "log"> & { readonly program: string };

export type FromDeployProcess =
  | { readonly kind: "log"; readonly entry: Parameters<Log>[0] }
  | { readonly kind: "done"; readonly outputs: StackOutputs }
  | { readonly kind: "failed"; readonly message: string };

export interface DeployProcess {
  deploy(options: DeployOptions): Promise<StackOutputs>;
  /** Ends the process, also during a deployment. */
  close(): Promise<void>;
}

/**
 * A process that deploys one program and then ends: Pulumi, the AWS provider's types and the bundler
 * are some 200 MB that a running cloud has no use for. It loads them from the moment it is started,
 * while the cloud itself starts.
 */
export function startDeployProcess(): DeployProcess {
  const env = cleanEnvironment(process.env);
  isolateFromShell(env);
  const child = fork(fileURLToPath(new URL("./deploy-process.ts", import.meta.url)), {
    // A terminal sends Ctrl-C to the whole group; the parent alone decides what it means.
    detached: true,
    env,
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  return {
    async deploy({ programUrl, log, ...options }) {
      const result = receiveResult(child, log);
      child.send({ ...options, program: programUrl.href } satisfies Deployment);
      try {
        return await result;
      } finally {
        child.disconnect();
        await exited;
      }
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await exited;
    },
  };
}

function receiveResult(child: ChildProcess, log: Log = () => undefined): Promise<StackOutputs> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromDeployProcess) => {
      if (message.kind === "log") log(message.entry);
      if (message.kind === "done") resolve(message.outputs);
      if (message.kind === "failed") reject(new Error(message.message));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(new Error(`The deployment ended with ${String(signal ?? code)} before it was done.`));
    });
  });
}
