import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { StackOutputs } from "../../../infra/outputs.ts";

export interface CloudProcess extends AsyncDisposable {
  readonly outputs: StackOutputs;
  readonly endpoint: string;
  /** File with the outputs. */
  readonly file: string;
  /** File with the log, every fault that has fired among it. */
  readonly logFile: string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** `npm run cloud` in a process of its own, with the stack deployed; `directory` takes the outputs. */
export async function startCloudProcess(
  directory: string,
  args: readonly string[] = [],
): Promise<CloudProcess> {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const file = join(directory, "outputs.json");
  const logFile = join(directory, "cloud.log");
  const log = await open(logFile, "w");
  const child = spawn(
    process.execPath,
    ["local/cli.ts", "--port", "0", "--outputs", file, ...args],
    { cwd: root, stdio: ["ignore", "pipe", log.fd] },
  );
  const exited = once(child, "exit");
  await log.close();
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  if (!child.stdout) throw new Error("The cloud has no stdout.");
  let endpoint = "";
  for await (const line of createInterface(child.stdout)) {
    endpoint = /^Ready on (.*)$/.exec(line)?.[1] ?? "";
    if (endpoint !== "") break;
  }
  if (endpoint === "") throw new Error("The cloud did not start.");
  const outputs = JSON.parse(await readFile(file, "utf8")) as StackOutputs;
  return {
    outputs,
    endpoint,
    file,
    logFile,
    kill,
    [Symbol.asyncDispose]: () => kill("SIGKILL"),
  };
}
