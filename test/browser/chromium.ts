import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The command of a Chromium on this machine. */
export function findChromium(): string | undefined {
  return NAMES.find((name) => spawnSync(name, ["--version"]).status === 0);
}

export interface Browser {
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/**
 * Opens an address in a new headless browser, in which every name that ends in `.example` is this
 * machine.
 */
export async function openInChromium(command: string, address: string): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), "outage-drill-browser-"));
  const child = spawn(
    command,
    [
      ...["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
      ...["--disable-quic", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync", `--user-data-dir=${folder}`],
      "--host-resolver-rules=MAP *.example 127.0.0.1, MAP *.localstack.cloud 127.0.0.1",
      // Chrome's own question before a page may reach this machine would hide what the gateway does.
      "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
      address,
    ],
    { stdio: "ignore", detached: true },
  );
  const exited = once(child, "exit");
  return {
    async close() {
      // Its own group: the browser and the processes that it started.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
