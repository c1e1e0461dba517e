import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type CommandRun, runCommand } from "../support/run-command.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const INSTALLED_WITHIN_MS = 600_000;
const ANSWERED_WITHIN_MS = 120_000;

/** A folder of a user's, with the packed package installed from its tarball. */
export interface InstalledPackage extends AsyncDisposable {
  readonly folder: string;
  /** What npm printed. */
  readonly installation: string;
  outageDrill(...args: string[]): Promise<CommandRun>;
  run(command: string, ...args: string[]): Promise<CommandRun>;
  /** Starts `outage-drill cloud` and waits for its last line, which is not part of the result. */
  startCloud(options: CloudStart): Promise<RunningCloud>;
}

export interface CloudStart {
  readonly args: readonly string[];
  /** Default: the one that runs this test. */
  readonly node?: string;
}

export interface RunningCloud {
  readonly endpoint: string;
  readonly lines: readonly string[];
  /** What it has written to stderr. */
  complaints(): string;
  /** @returns its exit code */
  stop(): Promise<number | null>;
}

/**
 * Packs the package and installs it as a user does, into a folder without anything else.
 *
 * @param manifest of the folder
 */
export async function installPackage(manifest: object = {}): Promise<InstalledPackage> {
  const parent = await mkdtemp(path.join(tmpdir(), "installed-"));
  const folder = path.join(parent, "app");
  const dist = path.join(parent, "dist");
  const run = (command: string, args: readonly string[], cwd: string, timeoutMs: number) =>
    runCommand(command, args, { cwd, env: userEnvironment(), timeoutMs });
  const succeed = async (...args: Parameters<typeof run>) => {
    const { exitCode, output } = await run(...args);
    if (exitCode !== 0) throw new Error(`${args[0]} ${args[1].join(" ")} failed:\n${output}`);
    return output;
  };
  const script = path.join(project, "scripts/pack.ts");
  await succeed(process.execPath, [script, "--out", dist], project, ANSWERED_WITHIN_MS);
  const [tarball = ""] = await readdir(dist);
  await succeed("mkdir", [folder], parent, ANSWERED_WITHIN_MS);
  await writeFile(
    path.join(folder, "package.json"),
    JSON.stringify({ private: true, ...manifest }),
  );
  const install = ["install", "--no-audit", "--no-fund", path.join("../dist", tarball)];
  const installation = await succeed("npm", install, folder, INSTALLED_WITHIN_MS);
  const bin = path.join(folder, "node_modules/.bin/outage-drill");
  return {
    folder,
    installation,
    outageDrill: (...args) =>
      run("npx", ["--no-install", "outage-drill", ...args], folder, ANSWERED_WITHIN_MS),
    run: (command, ...args) => run(command, args, folder, ANSWERED_WITHIN_MS),
    startCloud: ({ args, node = process.execPath }) =>
      startCloud(node, [bin, "cloud", ...args], folder),
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  };
}

async function startCloud(
  node: string,
  args: readonly string[],
  cwd: string,
): Promise<RunningCloud> {
  const child = spawn(node, args, {
    cwd,
    env: userEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const timer = setTimeout(() => child.kill("SIGKILL"), ANSWERED_WITHIN_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    const endpoint = /^Ready on (\S+)$/.exec(line)?.[1];
    if (endpoint !== undefined) {
      clearTimeout(timer);
      return { endpoint, lines, complaints: () => complaints, stop: () => stop(child) };
    }
    lines.push(line);
  }
  clearTimeout(timer);
  throw new Error(
    `outage-drill cloud ended before it was ready:\n${lines.join("\n")}${complaints}`,
  );
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** The Node.js that runs this test, and nothing of the `npm run` that may have started it. */
function userEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/i.test(name));
  const own = path.dirname(process.execPath);
  return {
    ...Object.fromEntries(kept),
    PATH: [own, process.env.PATH].join(path.delimiter),
    AWS_ACCESS_KEY_ID: "AKIAOFTHEUSER",
  };
}
