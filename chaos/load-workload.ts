import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CannotRunError } from "./cannot-run-error.ts";
import { quietWarnings } from "../command-line/quiet-warnings.ts";
import type { Workload } from "./workload-contract.ts";

const required = ["next", "effects", "send", "truth"] as const;
const optional = ["read", "result", "truthOf", "pending", "givenUp", "refused"] as const;

/**
 * The default export of a workload file.
 *
 * @throws CannotRunError with one sentence that names the file and what is wrong with it
 */
export async function loadWorkload(path: string): Promise<Workload> {
  const file = resolve(path);
  if (!existsSync(file))
    throw new CannotRunError(`There is no workload ${file}: outage-drill init drafts one.`);
  quietWarnings();
  let exported: unknown;
  try {
    exported = ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    const [reason] = String(error).split("\n");
    throw new CannotRunError(`The workload ${file} cannot be loaded (${String(reason)}).`, {
      cause: error,
    });
  }
  if (typeof exported !== "object" || exported === null)
    throw new CannotRunError(`The workload ${file} has no default export that is a Workload.`);
  const members = exported as Readonly<Record<string, unknown>>;
  const missing = required.filter((name) => typeof members[name] !== "function");
  if (missing.length > 0)
    throw new CannotRunError(
      `The workload ${file} lacks ${missing.join(", ")}: ${missing.length > 1 ? "these have" : "it has"} to be functions.`,
    );
  const wrong = optional.find((name) => !["undefined", "function"].includes(typeof members[name]));
  if (wrong) throw new CannotRunError(`${wrong} of the workload ${file} is no function.`);
  return exported as Workload;
}
