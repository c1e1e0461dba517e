import { cp, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { UsageError } from "../../command-line/usage-error.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { loadWorkload } from "../load-workload.ts";
import { describe, readStack } from "../stack/read-stack.ts";
import { HELP, parseScenarioOptions } from "./scenario-options.ts";
import type { ScenarioOptions } from "./scenario-options.ts";

/** Histories end when nothing was sent for 3 s, and may have to be copied. */
const pauseSeconds = 15;

const usersModule = new URL("./virtual-users.ts", import.meta.url);
const productWorkload = new URL("../workload.ts", import.meta.url);

/**
 * `outage-drill scenario`: writes what its options say.
 *
 * @returns the exit code
 */
export async function runScenario(args: readonly string[]): Promise<number> {
  try {
    const options = parseScenarioOptions(args);
    process.stdout.write(options ? await writeScenario(options) : HELP);
    return 0;
  } catch (error) {
    const isSentence = error instanceof UsageError || error instanceof CannotRunError;
    process.stderr.write(
      `${isSentence ? error.message : `The scenario could not be written: ${String(error)}`}\n`,
    );
    return 3;
  }
}

async function writeScenario(options: ScenarioOptions): Promise<string> {
  const { out, outputs, durationMs, arrivalsPerSecond, endpoint } = options;
  const found = await readStack(outputs);
  describe(found.ownOutputs, found.resources);
  if (options.workload !== undefined) await loadWorkload(options.workload);
  const scenario = {
    config: {
      target: endpoint ?? found.outputs.endpoint ?? "https://the-workload-says.invalid",
      processor: "./processor.mjs",
      includeFiles: ["./outputs.json"],
      phases: [
        { name: "load", duration: durationMs / 1_000, arrivalRate: arrivalsPerSecond },
        { name: "histories end", pause: pauseSeconds },
      ],
    },
    scenarios: [{ name: "one turn of writes", flow: [{ function: "send" }] }],
  };
  await mkdir(out, { recursive: true });
  await writeNew(join(out, "scenario.yml"), stringify(scenario));
  await writeNew(join(out, "processor.mjs"), processor(options));
  await cp(outputs, join(out, "outputs.json"), { errorOnExist: true, force: false });
  return [
    `${join(out, "scenario.yml")}: ${String(arrivalsPerSecond)} turns a second for ${String(durationMs / 1_000)} s. Seed: ${options.seed}.`,
    `Run it:   cd ${out} && npx artillery run scenario.yml`,
    `Judge it: npx outage-drill check ${join(out, "histories")} --outputs ${outputs}`,
    "",
  ].join("\n");
}

function processor(options: ScenarioOptions): string {
  const { out, workload, seed, arrivalsPerSecond, sharedKeys, endpoint, upload } = options;
  const workloadFile = workload === undefined ? fileURLToPath(productWorkload) : resolve(workload);
  const settings = {
    seed,
    writesPerSecond: arrivalsPerSecond,
    ...(sharedKeys > 0 && { sharedKeys }),
    ...(endpoint !== undefined && { endpoint }),
    ...(upload !== undefined && { upload }),
  };
  return `// Written by outage-drill scenario: what each virtual user of scenario.yml does.
import { virtualUsers } from ${JSON.stringify(specifierOfUsers(out))};
import workload from ${JSON.stringify(pathFrom(out, workloadFile))};

export const { send } = virtualUsers({
  workload,
  outputs: new URL("./outputs.json", import.meta.url),
  ...${JSON.stringify(settings)},
});
`;
}

/** By the package's name where it is installed; in this repository nothing resolves that. */
function specifierOfUsers(out: string): string {
  return usersModule.pathname.endsWith(".js")
    ? "outage-drill/load"
    : pathFrom(out, fileURLToPath(usersModule));
}

function pathFrom(folder: string, file: string): string {
  const path = relative(resolve(folder), file).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

async function writeNew(path: string, text: string): Promise<void> {
  if (await stat(path).catch(() => undefined))
    throw new CannotRunError(`${path} exists: remove it, or write elsewhere with --out DIR.`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: "wx" });
}
