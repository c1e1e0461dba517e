import { readdir, stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { explainParseError } from "../../command-line/explain-parse-error.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import type { FaultWindow } from "./fault-window.ts";
import { parseFaultWindow } from "./read-fault-window.ts";

const COMMAND = "npx outage-drill check";

export const HELP = `${COMMAND} HISTORY... --outputs FILE [options]

Judges what several processes have sent to a stack: merges their histories, reads the stack's stores, and
says whether every acknowledged write survived, as a drill does. It changes nothing on the stack. A HISTORY
is a file of ${"`outage-drill load`"} or a drill's NAME.history.jsonl, plain or compressed with gzip, or a
folder of such files.

  --outputs FILE     the stack, as pulumi stack output --json, or pulumi stack export, prints it
  --endpoint URL     where the stack's cloud listens, if its outputs do not say so
  --workload FILE    the workload that was sent; default: drill/workload.ts, where it exists
  --experiment ID    the FIS experiment that ran meanwhile: says when the fault was in effect
  --fault-window FROM/TO
                     when a fault was in effect that FIS did not inject: two times as in ISO 8601, with
                     their zone. Without either, the verdict is on the data alone
  --clock-error MS   how far the clocks of the machines may be off this one's; default: 1 if all histories
                     are of this machine, else 100
  --reports DIR      where the result, the journal and a sample of the history go; default: reports/check
  --temporary DIR    where the histories are sorted, which takes about as much room as they do; default:
                     ${tmpdir()}
  --json             print the result as JSON and nothing else on stdout
  --help             print this

Exit code: 0 held, 1 not held, 2 unknown, 3 could not run, 130 interrupted by Ctrl-C.
`;

export interface CheckOptions {
  readonly histories: readonly string[];
  readonly outputs: string;
  readonly endpoint: string | undefined;
  readonly workload: string | undefined;
  readonly experiment: string | undefined;
  readonly faultWindow: FaultWindow | undefined;
  readonly clockErrorMs: number | undefined;
  readonly reports: string;
  readonly temporary: string;
  readonly json: boolean;
}

const OPTIONS = {
  outputs: { type: "string" },
  endpoint: { type: "string" },
  workload: { type: "string" },
  experiment: { type: "string" },
  "fault-window": { type: "string" },
  "clock-error": { type: "string" },
  reports: { type: "string" },
  temporary: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/**
 * @returns undefined when the help is asked for
 * @throws UsageError
 */
export function parseCheckOptions(args: readonly string[]): CheckOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  if (positionals.length === 0)
    throw new UsageError(
      `Give the histories to judge, such as ${COMMAND} worker-1.jsonl worker-2.jsonl --outputs outputs.json.`,
    );
  const { outputs, endpoint, workload, experiment } = values;
  if (outputs === undefined)
    throw new UsageError(
      "--outputs FILE is missing: the stores of that stack say what became of the writes.",
    );
  const window = values["fault-window"];
  if (window !== undefined && experiment !== undefined)
    throw new UsageError("--experiment and --fault-window both say when the fault was; give one.");
  return {
    histories: positionals,
    ...{ outputs, endpoint, experiment },
    workload: workload ?? usualWorkload(),
    faultWindow: window === undefined ? undefined : parseFaultWindow(window),
    clockErrorMs: readMs("--clock-error", values["clock-error"]),
    reports: values.reports ?? join("reports", "check"),
    temporary: values.temporary ?? tmpdir(),
    json: values.json,
  };
}

/** Where `outage-drill init` drafts a workload. */
export function usualWorkload(): string | undefined {
  const usual = join("drill", "workload.ts");
  return existsSync(usual) ? usual : undefined;
}

/**
 * The history files that are named, or are in the folders that are named.
 *
 * @throws CannotRunError for what is not there, or is there twice
 */
export async function findHistories(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      throw new CannotRunError(`Cannot read the history ${path} (${code}).`);
    });
    if (!found.isDirectory()) {
      files.push(path);
      continue;
    }
    const names = await readdir(path, { recursive: true });
    const histories = names.filter((name) => /\.jsonl(\.gz)?$/.test(name)).sort();
    if (histories.length === 0)
      throw new CannotRunError(
        `The folder ${path} has no history: none of its files ends in .jsonl or .jsonl.gz.`,
      );
    files.push(...histories.map((name) => join(path, name)));
  }
  const twice = files.find((file, at) => files.indexOf(file) < at);
  if (twice !== undefined)
    throw new CannotRunError(`${twice} is named twice: give each history once.`);
  return files;
}

/** @throws UsageError */
function readMs(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(ms) && ms >= 0 && ms <= 86_400_000) return ms;
  throw new UsageError(
    `${option} ${text} is no number of milliseconds; give one from 0 on, such as ${option} 50.`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(explainParseError(error, Object.keys(OPTIONS), `${COMMAND} --help`), {
      cause: error,
    });
  }
}
