import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { type CliOptions, HELP, parseCliOptions } from "./cli-options.ts";
import type { DeployedResource } from "./deploy/deployed-resource.ts";
import { exportStack } from "./export-stack.ts";
import { isolateFromShell } from "./isolate-from-shell.ts";
import { createLog } from "./log.ts";

/** In characters; longer outputs are documents, which --outputs writes. */
const LONGEST_OUTPUT = 500;

interface StartedCloud {
  endpoint: string;
  /** `undefined` if nothing was deployed. */
  outputs?: Readonly<Record<string, unknown>>;
  resources?: readonly DeployedResource[];
  close(): Promise<void>;
}

/**
 * Runs the embedded cloud until it is told to stop.
 *
 * @returns the exit code
 */
export async function runCli(args: string[], stop: AbortSignal): Promise<number> {
  let cloud: StartedCloud;
  let options: CliOptions;
  try {
    options = parseCliOptions(args);
    if (options.help) {
      process.stdout.write(HELP);
      return 0;
    }
    cloud = await start(options, stop);
  } catch (error) {
    if (stop.aborted) return 0;
    process.stderr.write(`${explain(error)}\n`);
    return 3;
  }
  try {
    if (!stop.aborted) {
      await writeStack(cloud, options);
      process.stdout.write(greeting(cloud, options));
    }
    if (!stop.aborted) await once(stop, "abort");
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return 3;
  } finally {
    await cloud.close();
  }
}

/** Writes the files that the options ask for. */
async function writeStack(
  { outputs, resources = [] }: StartedCloud,
  options: CliOptions,
): Promise<void> {
  const files = [
    { option: "--outputs", file: options.outputs, content: outputs },
    {
      option: "--export",
      file: options.export,
      content: outputs && exportStack(outputs, resources),
    },
  ];
  for (const { option, file, content } of files) {
    if (file === undefined) continue;
    if (content === undefined)
      throw new Error(
        `${option} needs a stack, and there is no Pulumi.yaml in this folder: name the program with --program DIR.`,
      );
    await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
  }
}

async function start(options: CliOptions, signal: AbortSignal): Promise<StartedCloud> {
  isolateFromShell(process.env);
  const { port, host, allowedHosts, allowedOrigins, verbose, localstackActions, seed } = options;
  const { program, deployStack, config, runOldRuntimes } = options;
  const log = createLog(process.stderr);
  const cloudOptions = {
    ...{ port, host, allowedHosts, allowedOrigins, localstackActions, runOldRuntimes, log },
    ...(seed !== undefined && { seed }),
  };
  try {
    // Imported here because it takes long: wrong options are refused without it.
    if (hasProgram(options)) {
      const { startDrillCloud } = await import("./drill-cloud.ts");
      return await startDrillCloud<Record<string, unknown>>({
        ...cloudOptions,
        ...(program !== undefined && { program }),
        ...(deployStack !== undefined && { stack: deployStack }),
        config,
        signal,
        ...(verbose && { deployLog: log }),
      });
    }
    if (options.upstream) {
      const { startUpstreamGateway } = await import("./upstream-gateway.ts");
      return await startUpstreamGateway(options.upstream, cloudOptions);
    }
    const { startCloud } = await import("./cloud.ts");
    return await startCloud(cloudOptions);
  } catch (error) {
    throw listenError(error, options) ?? error;
  }
}

/** A folder without a program gets an empty cloud, unless one was named. */
function hasProgram({ deploy, program }: CliOptions): boolean {
  return deploy && (program !== undefined || existsSync("Pulumi.yaml"));
}

/** What to do about an address that cannot be had, in one sentence. */
function listenError(error: unknown, { host, port }: CliOptions): Error | undefined {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Record<string, string> = {
    EADDRINUSE: "is taken: stop what listens there, or choose another with --port N.",
    EACCES: "is not for this user: choose one above 1023 with --port N.",
    EADDRNOTAVAIL: "is not on this machine: choose another address with --host ADDRESS.",
    ENOTFOUND: "is no address: give one of this machine with --host ADDRESS.",
  };
  const reason = reasons[code ?? ""];
  return reason === undefined ? undefined : new Error(`Port ${String(port)} on ${host} ${reason}`);
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function greeting({ endpoint, outputs }: StartedCloud, options: CliOptions): string {
  const { deploy, seed } = options;
  const lines = [
    ...(outputs === undefined ? [] : describeOutputs(outputs)),
    ...(deploy && outputs === undefined
      ? ["Empty: there is no Pulumi.yaml in this folder; --program DIR deploys a program."]
      : []),
    ...(seed === undefined ? [] : [`Seed: ${seed}`]),
    `Ready on ${endpoint}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The tutorial's API with an example, or every output of another program that fits on a line. */
function describeOutputs(outputs: Readonly<Record<string, unknown>>): string[] {
  const { productApiUrl } = outputs;
  if (typeof productApiUrl === "string")
    return [
      `API: ${productApiUrl}`,
      `Try: curl --data '{"id":"prod-2004","name":"Ultimate Gadget","price":"49.99",` +
        `"description":"For tech enthusiasts."}' ${productApiUrl}`,
    ];
  return Object.entries(outputs).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return text.length > LONGEST_OUTPUT || text.includes("\n") ? [] : [`${name}: ${text}`];
  });
}
