import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "./clean-environment.js";
import type { Deployed } from "./deploy/deploy.ts";
import type { DrillCloud, DrillCloudOptions } from "./drill-cloud.ts";
import type { Log } from "./log.ts";

/** What can be said to another process. */
export type CloudSettings = Omit<DrillCloudOptions, "log" | "deployLog" | "signal">;

export interface CloudProcessOptions extends DrillCloudOptions {
  /** Whether other processes are served first. Default: no. */
  readonly isPatient?: boolean;
}

export type FromCloudProcess =
  | { readonly kind: "log"; readonly entry: Parameters<Log>[0] }
  | ({ readonly kind: "ready"; readonly endpoint: string } & Deployed)
  | { readonly kind: "failed"; readonly message: string };

/** How long a cloud may take to stop before its process is killed. */
const closeDeadlineMs = 10_000;
/** At this niceness a busy process gets about a tenth of what it has to share (sched(7)). */
const patientNiceness = 10;

export interface CloudProcess extends DrillCloud {
  /** Why the cloud is no longer there; undefined while it is. */
  problem(): string | undefined;
}

/**
 * An embedded cloud with the stack deployed, in a process of its own: what happens to its caller's
 * thread does not slow it down, and its functions find nothing of the caller's environment. It ends
 * with its caller, however that ends.
 *
 * @throws the error of the start or of the deployment; nothing runs on then
 */
export async function startCloudProcess({
  log,
  signal,
  isPatient = false,
  ...settings
}: CloudProcessOptions): Promise<CloudProcess> {
  const child = fork(fileURLToPath(new URL("./cloud-process.ts", import.meta.url)), {
    // A terminal sends Ctrl-C to the whole group; the caller alone decides what it means.
    detached: true,
    env: cleanEnvironment(process.env),
    execArgv: ["--single-threaded-gc", "--max-semi-space-size=8"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  if (isPatient && child.pid !== undefined) setPriority(child.pid, patientNiceness);
  const exited = once(child, "exit");
  const close = async () => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill("SIGKILL"), closeDeadlineMs);
    await exited;
    clearTimeout(timer);
  };
  const giveUp = () => void close();
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    const ready = receiveReady(child, log);
    child.send(settings satisfies CloudSettings);
    const problem = () => {
      const end = child.signalCode ?? child.exitCode;
      return end === null ? undefined : `The embedded cloud has ended (${String(end)}).`;
    };
    return { ...(await ready), close, problem };
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}

function receiveReady(
  child: ChildProcess,
  log: Log = () => undefined,
): Promise<Omit<DrillCloud, "close">> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromCloudProcess) => {
      if (message.kind === "log") log(message.entry);
      if (message.kind === "ready") {
        const { endpoint, outputs, resources } = message;
        resolve({ endpoint, outputs, resources });
      }
      if (message.kind === "failed") reject(new Error(message.message));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(new Error(`The embedded cloud ended with ${String(signal ?? code)} as it started.`));
    });
  });
}
