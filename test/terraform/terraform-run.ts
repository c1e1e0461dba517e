import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strToU8, zipSync } from "fflate";
import { runCommand } from "../support/run-command.ts";

const pluginDirectoryVariable = "OUTAGE_DRILL_TF_PLUGIN_DIR";
/** Provider 6 makes sure for two minutes of each queue that it is gone. */
const CHANGED_WITHIN_MS = 580_000;
const sources = fileURLToPath(new URL(".", import.meta.url));

/** Why Terraform and the AWS provider cannot run here; `undefined` when they can. */
export function whyTerraformCannotRun(): string | undefined {
  const directory = process.env[pluginDirectoryVariable];
  if (directory === undefined || directory === "")
    return `${pluginDirectoryVariable} is not set; set it to a directory that holds the provider registry.terraform.io/hashicorp/aws.`;
  if (!existsSync(join(directory, "registry.terraform.io", "hashicorp", "aws")))
    return `${pluginDirectoryVariable} names ${directory}, which holds no provider registry.terraform.io/hashicorp/aws.`;
  if (spawnSync("terraform", ["version"], { stdio: "ignore" }).error)
    return "there is no terraform in the PATH.";
  return undefined;
}

export interface TerraformRun {
  apply(variables: Readonly<Record<string, unknown>>): Promise<void>;
  /** What a plan would change; empty when it would change nothing. */
  plan(variables: Readonly<Record<string, unknown>>): Promise<string>;
  destroy(variables: Readonly<Record<string, unknown>>): Promise<void>;
  close(): void;
}

/** The configuration of this directory in a temporary one, with its state there. */
export async function startTerraform(endpoint: string, prefix: string): Promise<TerraformRun> {
  const directory = mkdtempSync(join(tmpdir(), "outage-drill-terraform-"));
  cpSync(sources, directory, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  const code = join(directory, "code.zip");
  writeFileSync(code, zipSync({ "index.mjs": strToU8(handler) }, { mtime: "2026-01-01" }));

  const run = (args: string[], timeoutMs: number) =>
    runCommand("terraform", args, { cwd: directory, env: environment(directory), timeoutMs });
  const change = async (command: "apply" | "destroy", variables: object) => {
    const file = join(directory, "run.auto.tfvars.json");
    writeFileSync(file, JSON.stringify({ endpoint, prefix, code, ...variables }));
    const args = [command, "-auto-approve", "-input=false", "-no-color"];
    const { exitCode, output } = await run(args, CHANGED_WITHIN_MS);
    if (exitCode !== 0) throw new Error(`terraform ${command} failed:\n${output}`);
  };

  const initial = await run(
    [
      "init",
      "-input=false",
      "-no-color",
      `-plugin-dir=${process.env[pluginDirectoryVariable] ?? ""}`,
    ],
    60_000,
  );
  if (initial.exitCode !== 0) throw new Error(`terraform init failed:\n${initial.output}`);
  return {
    apply: (variables) => change("apply", variables),
    destroy: (variables) => change("destroy", variables),
    async plan(variables) {
      const file = join(directory, "run.auto.tfvars.json");
      writeFileSync(file, JSON.stringify({ endpoint, prefix, code, ...variables }));
      const args = ["plan", "-detailed-exitcode", "-input=false", "-no-color"];
      const { exitCode, output } = await run(args, 120_000);
      return exitCode === 0 ? "" : output;
    },
    close() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const handler = 'export const handler = async () => ({ statusCode: 200, body: "answered" });';

/** Nothing of the user's shell decides where a call goes. */
function environment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: home, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
}
