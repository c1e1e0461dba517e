import { randomBytes } from "node:crypto";
import { parseOptions } from "../../command-line/parse-options.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { usualWorkload } from "./check-options.ts";

const COMMAND = "npx outage-drill load";

export const HELP = `${COMMAND} --worker I/N --rate R --duration T --outputs FILE --history FILE [options]

Sends a workload's requests to a stack, as one of several processes on any number of machines, and writes
each of them into a history, which outage-drill check judges together with those of the others. It injects
nothing. A write stands in the history before it is sent, whatever ends the process.

  --worker I/N     this is the I-th of N processes; each makes keys for itself
  --rate R         so many writes a second, whether or not earlier ones have been answered
  --reads R        so many reads a second; default: half of --rate, none if the workload has no reads
  --duration T     for so long, such as 90s, 10m or 2h
  --outputs FILE   the stack, as pulumi stack output --json, or pulumi stack export, prints it
  --endpoint URL   where the stack's cloud listens, if its outputs do not say so
  --history FILE   the history to write; it must not exist
  --workload FILE  what is sent; default: drill/workload.ts, where it exists
  --seed TEXT      what keys, payloads and their order come from; default: random
  --shared-keys N  a tenth of the writes goes to so many keys that all processes write; they need one
                   --seed, which no earlier run on the stack has had. Default: 0
  --timeout T      when a request is given up; default: 10s
  --allow-aws      send to a stack on AWS
  --help           print this

Exit code: 0 all was sent, 3 could not, 130 interrupted by Ctrl-C, 143 by SIGTERM; whatever was sent until
then is in the history.
`;

export interface LoadOptions {
  readonly worker: number;
  readonly workers: number;
  readonly writesPerSecond: number;
  readonly readsPerSecond: number;
  readonly durationMs: number;
  readonly timeoutMs: number;
  readonly outputs: string;
  readonly endpoint: string | undefined;
  readonly history: string;
  readonly workload: string | undefined;
  readonly seed: string;
  readonly sharedKeys: number;
  readonly allowAws: boolean;
}

const OPTIONS = {
  worker: { type: "string" },
  rate: { type: "string" },
  reads: { type: "string" },
  duration: { type: "string" },
  outputs: { type: "string" },
  endpoint: { type: "string" },
  history: { type: "string" },
  workload: { type: "string" },
  seed: { type: "string" },
  "shared-keys": { type: "string", default: "0" },
  timeout: { type: "string", default: "10s" },
  "allow-aws": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/**
 * @returns undefined when the help is asked for
 * @throws UsageError
 */
export function parseLoadOptions(args: readonly string[]): LoadOptions | undefined {
  const values = parseOptions(args, OPTIONS, `${COMMAND} --help`);
  if (values.help) return undefined;
  const need = (name: "worker" | "rate" | "duration" | "outputs" | "history", form: string) => {
    const value = values[name];
    if (value === undefined) throw new UsageError(`--${name} ${form} is missing.`);
    return value;
  };
  const [worker, workers] = readWorker(need("worker", "I/N"));
  const writesPerSecond = readRate("--rate", need("rate", "R"));
  if (writesPerSecond === 0) throw new UsageError("--rate 0 sends no write; give a rate above 0.");
  const history = need("history", "FILE");
  if (history.endsWith(".gz"))
    throw new UsageError(
      `--history ${history}: a history is written plain, so that each line is in it at once; compress it afterwards.`,
    );
  const sharedKeys = Number(values["shared-keys"]);
  if (!Number.isInteger(sharedKeys) || sharedKeys < 0)
    throw new UsageError(`--shared-keys ${values["shared-keys"]} is no count.`);
  if (sharedKeys > 0 && values.seed === undefined)
    throw new UsageError(
      "--shared-keys needs --seed TEXT, the same for all processes: the keys that they share come from it.",
    );
  return {
    ...{ worker, workers, writesPerSecond, history, sharedKeys },
    readsPerSecond:
      values.reads === undefined ? writesPerSecond / 2 : readRate("--reads", values.reads),
    durationMs: readDuration("--duration", need("duration", "T")),
    timeoutMs: readDuration("--timeout", values.timeout),
    outputs: need("outputs", "FILE"),
    endpoint: values.endpoint,
    workload: values.workload ?? usualWorkload(),
    seed: values.seed ?? randomBytes(4).toString("hex"),
    allowAws: values["allow-aws"],
  };
}

function readWorker(text: string): [number, number] {
  const [, worker, workers] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (worker === undefined || workers === undefined || worker < 1 || worker > workers)
    throw new UsageError(
      `--worker ${text} is none of a number of processes; give one such as 2/4.`,
    );
  return [worker, workers];
}

export function readRate(option: string, text: string): number {
  const rate = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(rate) && rate >= 0 && rate <= 100_000) return rate;
  throw new UsageError(`${option} ${text} is no rate; give a number of requests a second.`);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

export function readDuration(option: string, text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(number) * (units[unit] ?? NaN);
  // Timers of Node.js count 31 bits of milliseconds.
  if (ms > 0 && ms < 2 ** 31) return ms;
  throw new UsageError(`${option} ${text} is no duration; give one such as 90s, 10m or 2h.`);
}
