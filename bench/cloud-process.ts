import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { StackOutputs } from "../infra/outputs.ts";

export interface CloudProcess {
  readonly pid: number;
  readonly endpoint: string;
  readonly outputs: StackOutputs;
  /** From the start of npm to the line that says that the cloud is ready. */
  readonly readyAfterMs: number;
  stop(): Promise<void>;
}

/** Starts `npm run cloud` of a checkout on a free port, as its user does. */
export async function startCloudProcess(directory: string): Promise<CloudProcess> {
  const scratch = await mkdtemp(join(tmpdir(), "outage-drill-bench-"));
  const outputsFile = join(scratch, "outputs.json");
  const startedMs = performance.now();
  const child = spawn(
    "npm",
    ["run", "--silent", "cloud", "--", "--port", "0", "--outputs", outputsFile],
    { cwd: directory, stdio: ["ignore", "pipe", "ignore"], detached: true },
  );
  const exited = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  const { pid } = child;
  if (pid === undefined) throw new Error("npm could not be started.");
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const ready = /^Ready on (\S+)$/.exec(line);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    void exited.then(() => {
      reject(new Error(`npm run cloud in ${directory} ended before it was ready.`));
    });
  });
  const readyAfterMs = performance.now() - startedMs;
  const outputs = JSON.parse(await readFile(outputsFile, "utf8")) as StackOutputs;
  return {
    pid,
    endpoint,
    outputs,
    readyAfterMs,
    async stop() {
      // npm and what it started are one process group.
      process.kill(-pid, "SIGTERM");
      await exited;
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
