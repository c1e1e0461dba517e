import { parseArgs } from "node:util";
import { commandOf } from "../command-line/command-of.ts";
import { explainParseError } from "../command-line/explain-parse-error.ts";

export interface CliOptions {
  readonly only: readonly string[];
  /** Every experiment of the catalogue, not just the standard set. */
  readonly all: boolean;
  /** How often each experiment runs. */
  readonly repeat: number;
  /** What keys, payloads, order and the dice of faults come from. */
  readonly seed?: string;
  readonly json: boolean;
  /** Directory for journals, histories and the result. */
  readonly reports?: string;
  /** File for the result as a Markdown table. */
  readonly summary?: string;
  /** File with a stack's outputs; the experiments run on that stack. */
  readonly outputs?: string;
  /** A Pulumi stack; the experiments run on it. */
  readonly stack?: string;
  readonly allowAws: boolean;
  readonly rehearseAws: boolean;
  /** Whether to remove what drills have left instead of running one. */
  readonly stop?: boolean;
  /** Of an emulated cloud, for `stop` alone. */
  readonly endpoint?: string;
  readonly help: boolean;
}

const mostRepeats = 10_000;

/** Wrong usage; the message is the sentence to print. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @param names of the experiments that there are */
export function helpText(names: readonly string[]): string {
  return `${commandOf("run", "[options]")}

Runs the experiments and says whether every acknowledged write survived: on an embedded cloud that it
starts and deploys the stack to, or on a stack that is there.

  --only NAME      run this experiment only (may be repeated): ${wrap(names)}
  --all            run the whole catalogue, not just the standard set
  --repeat N       run each experiment N times
  --seed TEXT      repeat the load, payloads and dice of a former run; it prints its seed
  --stack NAME     run on this Pulumi stack, as it is (pulumi stack output --json)
  --outputs FILE   run on the stack with these outputs, as pulumi stack output --json prints them
  --allow-aws      inject into a stack on AWS; without it, only what would be done is printed
  --rehearse-aws   deploy the stack with AWS's own FIS templates and run those
  --json           print the result as JSON and nothing else on stdout
  --summary FILE   append the result to this file as a Markdown table
  --reports DIR    where journals, histories, the cloud's log and the result go; default: reports/
  --stop           run nothing: remove all that drills have left on the stack of --stack or --outputs, or
                   at --endpoint URL (experiments, templates, rules, latency, leases), and print it
  --help           print this

Exit code: 0 all held, 1 something did not hold, 2 unknown, 3 could not run, 130 interrupted by Ctrl-C, 128 + n by signal n.
`;
}

/**
 * @param names of the experiments that there are
 * @throws UsageError
 */
export function parseCliOptions(args: readonly string[], names: readonly string[]): CliOptions {
  const options = parse(args);
  const unknown = options.only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`There is no experiment "${unknown}"; choose one of ${names.join(", ")}.`);
  const places = [
    options.stack !== undefined && "--stack",
    options.outputs !== undefined && "--outputs",
    options.rehearseAws && "--rehearse-aws",
  ].filter((each) => each !== false);
  if (options.all && options.only.length > 0)
    throw new UsageError("--all and --only exclude each other; give one of them.");
  if (options.stop) validateStop(options);
  else if (options.endpoint !== undefined)
    throw new UsageError(
      "--endpoint is for --stop alone; give the stack to drill with --outputs FILE or --stack NAME.",
    );
  if (places.length > 1)
    throw new UsageError(`${places.join(" and ")} exclude each other; give one of them.`);
  return options;
}

function validateStop({ stack, outputs, endpoint, rehearseAws }: CliOptions): void {
  if (rehearseAws || [stack, outputs, endpoint].filter((each) => each !== undefined).length !== 1)
    throw new UsageError(
      "--stop needs one of --stack NAME, --outputs FILE and --endpoint URL: the stack to remove faults from.",
    );
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ""))
    throw new UsageError(
      `--endpoint ${endpoint} is not an address; give one such as http://127.0.0.1:4566.`,
    );
}

const known = {
  only: { type: "string", multiple: true, default: [] as string[] },
  all: { type: "boolean", default: false },
  repeat: { type: "string", default: "1" },
  seed: { type: "string" },
  reports: { type: "string" },
  summary: { type: "string" },
  outputs: { type: "string" },
  stack: { type: "string" },
  "allow-aws": { type: "boolean", default: false },
  "rehearse-aws": { type: "boolean", default: false },
  stop: { type: "boolean" },
  endpoint: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function parse(args: readonly string[]): CliOptions {
  try {
    const {
      "allow-aws": allowAws,
      "rehearse-aws": rehearseAws,
      repeat,
      ...values
    } = parseArgs({
      args: [...args],
      options: known,
    }).values;
    return { ...values, allowAws, rehearseAws, repeat: readCount("--repeat", repeat) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(explainParseError(error, Object.keys(known), commandOf("run", "--help")));
  }
}

function readCount(option: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= mostRepeats) return count;
  throw new UsageError(
    `${option} must be a whole number from 1 to ${String(mostRepeats)}, not "${text}".`,
  );
}

/** Names in lines of at most 100 columns, below the option that they are for. */
function wrap(names: readonly string[]): string {
  const lines = [""];
  for (const name of names) {
    const line = `${lines.at(-1) ?? ""}${name}, `;
    if (line.length > 80) lines.push(`${name}, `);
    else lines[lines.length - 1] = line;
  }
  const indent = `\n${" ".repeat(19)}`;
  return `${indent}${lines.map((line) => line.trimEnd()).join(indent)}`.replace(/,$/, "");
}
