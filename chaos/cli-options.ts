import { existsSync } from "node:fs";
import { join } from "node:path";
import { commandOf } from "../command-line/command-of.ts";
import { nearest } from "../command-line/nearest.ts";
import { parseOptions } from "../command-line/parse-options.ts";
import { readSetting } from "../command-line/read-setting.ts";
import { objectiveHelp, objectiveOptions, readObjectiveOptions } from "./objectives/options.ts";
import type { ObjectiveOptions } from "./objectives/options.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { assertOneTask, terminalHelp, terminalOptions } from "./terminal/options.ts";
import type { TerminalOptions } from "./terminal/options.ts";
import { ciHelp, ciOptions } from "./ci/options.ts";
import type { CiOptions } from "./ci/options.ts";

export interface CliOptions extends TerminalOptions, CiOptions, ObjectiveOptions {
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
  /** File whose default export says what is written and where it is found. */
  readonly workload?: string;
  /** Folder of the Pulumi program to drill. */
  readonly program?: string;
  /** Configuration of that program's stack. */
  readonly config: Readonly<Record<string, string>>;
  /** Files with FIS templates; each is an experiment. */
  readonly template: readonly string[];
  /** File with a stack's outputs; the experiments run on that stack. */
  readonly outputs?: string;
  /** A Pulumi stack; the experiments run on it. */
  readonly stack?: string;
  readonly allowAws: boolean;
  readonly rehearseAws: boolean;
  /** Whether to remove what drills have left instead of running one. */
  readonly stop?: boolean;
  /** Of an emulated cloud: for `stop`, and for a stack whose outputs do not name it. */
  readonly endpoint?: string;
  readonly help: boolean;
}

const mostRepeats = 10_000;

/** @param names of the experiments that there are */
export function helpText(names: readonly string[]): string {
  return `${commandOf("run", "[options]")}

Runs the experiments and says whether every acknowledged write survived: on an embedded cloud that it
starts and deploys the stack to, or on a stack that is there.

  --only NAME      run this experiment only (may be repeated): ${wrap(names)}
  --all            run the whole catalogue, not just the standard set
  --repeat N       run each experiment N times
${objectiveHelp}
  --seed TEXT      repeat the load, payloads and dice of a former run; it prints its seed
  --workload FILE  drill the application that this file describes, with the faults that fit it; default:
                   drill/workload.ts, where it exists
  --program DIR    deploy the Pulumi program in this folder; default: this folder's
  --config KEY=VALUE
                   set a key of its configuration (may be repeated)
  --template FILE  try the FIS template in this JSON file (may be repeated)
  --stack NAME     run on this Pulumi stack, as it is (pulumi stack output --json)
  --outputs FILE   run on the stack with these outputs, as pulumi stack output --json prints them, or with
                   what pulumi stack export prints
  --endpoint URL   where the cloud of that stack listens, if its outputs do not say so
  --allow-aws      inject into a stack on AWS; without it, only what would be done is printed
  --rehearse-aws   deploy the stack with AWS's own FIS templates and run those
  --json           print the result as JSON and nothing else on stdout
  --summary FILE   append the result to this file as Markdown; default: a step's summary in GitHub Actions
${ciHelp}
  --reports DIR    where report.html, journals, histories, the cloud's log and the result go; default: a
                   new folder in reports/, which reports/latest leads to
  --stop           run nothing: remove all that drills have left on the stack of --stack or --outputs, or
                   at --endpoint URL (experiments, templates, rules, latency, leases), and print it
${terminalHelp}
  --help           print this

Exit code: 0 all held, 1 something did not hold, 2 unknown, 3 could not run,
130 interrupted by Ctrl-C, 128 + n by signal n.
`;
}

/**
 * @param names of the experiments that there are
 * @throws UsageError
 */
export function parseCliOptions(args: readonly string[], names: readonly string[]): CliOptions {
  const options = withUsualWorkload(parse(args, names));
  // Which experiments a workload of one's own has, its stack says.
  if (!isForeign(options) && options.show === undefined) assertKnown(options.only, names);
  const places = [
    options.stack !== undefined && "--stack",
    options.outputs !== undefined && "--outputs",
    options.rehearseAws && "--rehearse-aws",
  ].filter((each) => each !== false);
  if (options.all && options.only.length > 0)
    throw new UsageError("--all and --only exclude each other; give one of them.");
  assertOneTask(options);
  if (options.stop) validateStop(options);
  else if (options.endpoint !== undefined && places.length === 0)
    throw new UsageError(
      "--endpoint alone names no stack; give the stack to drill with --outputs FILE or --stack NAME.",
    );
  if (options.program !== undefined && places.length > 0)
    throw new UsageError(
      `--program deploys a program, and ${places.join(" and ")} is a stack that exists; give one of them.`,
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
  workload: { type: "string" },
  program: { type: "string" },
  config: { type: "string", multiple: true, default: [] as string[] },
  template: { type: "string", multiple: true, default: [] as string[] },
  all: { type: "boolean", default: false },
  repeat: { type: "string" },
  seed: { type: "string" },
  reports: { type: "string" },
  summary: { type: "string" },
  ...ciOptions,
  outputs: { type: "string" },
  stack: { type: "string" },
  "allow-aws": { type: "boolean", default: false },
  "rehearse-aws": { type: "boolean", default: false },
  stop: { type: "boolean" },
  endpoint: { type: "string" },
  ...objectiveOptions,
  json: { type: "boolean", default: false },
  ...terminalOptions,
  help: { type: "boolean", short: "h", default: false },
} as const;

function parse(args: readonly string[], names: readonly string[]): CliOptions {
  const {
    objective,
    "abort-on-fail": abortOnFail,
    "until-failure": untilFailure,
    rate,
    duration,
    "allow-aws": allowAws,
    "rehearse-aws": rehearseAws,
    "dry-run": dryRun,
    repeat,
    config,
    ...values
  } = parseOptions(args, known, commandOf("run", "--help"), (word) => {
    const name = nearest(word, names);
    return name && `--only ${name}`;
  });
  return {
    ...{ ...values, allowAws, rehearseAws, dryRun },
    ...readObjectiveOptions({
      objective,
      "abort-on-fail": abortOnFail,
      "until-failure": untilFailure,
      rate,
      duration,
    }),
    repeat: readCount("--repeat", repeat ?? (untilFailure ? String(mostRepeats) : "1")),
    config: Object.fromEntries(config.map(readSetting)),
  };
}

/** Where `outage-drill init` drafts a workload. */
const usualWorkload = join("drill", "workload.ts");

function withUsualWorkload(options: CliOptions): CliOptions {
  const usual = join(options.program ?? ".", usualWorkload);
  return options.workload === undefined && existsSync(usual)
    ? { ...options, workload: usual }
    : options;
}

/** Whether another application than this repository's is drilled. */
export function isForeign({
  workload,
  template,
}: Pick<CliOptions, "workload" | "template">): boolean {
  return workload !== undefined || template.length > 0;
}

/** @throws UsageError when one of the names is not that of an experiment */
export function assertKnown(only: readonly string[], names: readonly string[]): void {
  const unknown = only.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  throw new UsageError(
    `There is no experiment "${unknown}"; ${meant === undefined ? `choose one of ${names.join(", ")}.` : `did you mean ${meant}?`}`,
  );
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
