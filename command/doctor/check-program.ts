import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram } from "../../local/deploy/find-program.ts";
import type { Check } from "./check.ts";

/** Whether a folder holds a program that the embedded cloud can run. */
export function checkProgram(folder: string): Check {
  const missing = (text: string): Check => ({ state: "missing", text: `Program: ${text}` });
  try {
    const program = findProgram(folder);
    if (program.runtime !== "nodejs")
      return missing(
        `${program.project} is of the runtime ${program.runtime}, and the embedded cloud runs Node.js programs: ` +
          "deploy it with the Pulumi CLI onto npx outage-drill cloud --no-deploy, and drill it with run --stack NAME.",
      );
    if (program.entry === undefined)
      return missing(
        `${program.project} has no entry module: write index.ts in ${program.folder}, or name it as main in Pulumi.yaml.`,
      );
    const entry = path.relative(program.folder, fileURLToPath(program.entry));
    if (!resolves("@pulumi/pulumi", program.entry))
      return missing(`${entry} finds no @pulumi/pulumi: run npm install in ${program.folder}.`);
    return { state: "ready", text: `Program: ${program.project}, ${entry}.` };
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error));
  }
}

function resolves(name: string, from: URL): boolean {
  try {
    createRequire(from).resolve(name);
    return true;
  } catch {
    return false;
  }
}
