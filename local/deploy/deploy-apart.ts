import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../clean-environment.js";
import { isolateFromShell } from "../isolate-from-shell.ts";
import type { Log } from "../log.ts";
import type { Deployed, DeployOptions } from "./deploy.ts";

/** What is deployed; a program is named by its URL's text, because it crosses to another process. */
export type Deployment = Omit<DeployOptions, "programUrl" | "log"> & { readonly program: string };

export type FromDeployProcess =
  | { readonly kind: "log"; readonly entry: Parameters<Log>[0] }
  | { readonly kind: "done"; readonly deployed: Deployed<unknown> }
  | { readonly kind: "failed"; readonly message: string };

export interface DeployProcess {
  /** See `deploy`; the program runs in its own folder. */
  deploy<Outputs>(options: DeployOptions): Promise<Deployed<Outputs>>;
  /** Ends the process, also during a deployment. */
  close(): Promise<void>;
}

/**
 * A process that deploys one program and then ends: Pulumi, the AWS provider's types and the bundler
 * are some 200 MB that a running cloud has no use for. It loads them from the moment it is started,
 * while the cloud itself starts.
 *
 * @param programUrl the program that it will be told to deploy; without it, the process loads that later
 */
export function startDeployProcess(programUrl?: URL): DeployProcess {
  const env = cleanEnvironment(process.env);
  isolateFromShell(env);
  const child = fork(
    fileURLToPath(new URL("./deploy-process.ts", import.meta.url)),
    programUrl ? [programUrl.href] : [],
    {
      // A terminal sends Ctrl-C to the whole group; the parent alone decides what it means.
      detached: true,
      env,
      execArgv: [],
      // What the program prints is none of the caller's results.
      stdio: ["ignore", 2, "inherit", "ipc"],
    },
  );
  const exited = once(child, "exit");
  return {
    async deploy<Outputs>({ programUrl, log, ...options }: DeployOptions) {
      const result = receiveResult(child, log) as Promise<Deployed<Outputs>>;
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

function receiveResult(
  child: ChildProcess,
  log: Log = () => undefined,
): Promise<Deployed<unknown>> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromDeployProcess) => {
      if (message.kind === "log") log(message.entry);
      if (message.kind === "done") resolve(message.deployed);
      if (message.kind === "failed") reject(new Error(message.message));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(
        new Error(
          signal === null
            ? `The program ended its process with exit code ${String(code)} before it was deployed.`
            : `The process of the deployment was ended by ${signal} before it was done.`,
        ),
      );
    });
  });
}
