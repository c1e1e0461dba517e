import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Check } from "./check.ts";

const ANSWERED_WITHIN_MS = 10_000;

/** A program of others that some options need. */
export interface Tool {
  readonly name: string;
  readonly command: string;
  /** What makes it print its version. */
  readonly args: readonly string[];
  /** Which options need it; completes the sentence "only … needs it". */
  readonly neededBy: string;
  /** Where it comes from. */
  readonly url: string;
}

export const tools: readonly Tool[] = [
  {
    name: "Pulumi CLI",
    command: "pulumi",
    args: ["version"],
    neededBy: "run --stack NAME",
    url: "https://www.pulumi.com/docs/install/",
  },
  {
    name: "AWS CLI",
    command: "aws",
    args: ["--version"],
    neededBy: "using the cloud by hand",
    url: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  },
  {
    name: "Docker",
    command: "docker",
    args: ["version", "--format", "{{.Server.Version}}"],
    neededBy: "a drill on LocalStack",
    url: "https://docs.docker.com/get-started/get-docker/",
  },
];

/** Whether a program is on the PATH and runs. */
export async function checkTool({ name, command, args, neededBy, url }: Tool): Promise<Check> {
  const without = `only ${neededBy} needs it`;
  try {
    const { stdout } = await promisify(execFile)(command, [...args], {
      timeout: ANSWERED_WITHIN_MS,
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const version = /\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim();
    return { state: "ready", text: `${name} ${version}.` };
  } catch (error) {
    const { code, killed } = error as { code?: unknown; killed?: boolean };
    if (code === "ENOENT")
      return { state: "optional", text: `${name}: not on the PATH; ${without} (${url}).` };
    const reason = killed
      ? `${command} ${args.join(" ")} gave no answer within ${String(ANSWERED_WITHIN_MS / 1000)} s`
      : `${command} ${args.join(" ")} failed`;
    return { state: "optional", text: `${name}: ${reason}; ${without}.` };
  }
}
