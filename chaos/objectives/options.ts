import { UsageError } from "../../command-line/usage-error.ts";
import { parseObjective } from "./parse-objective.ts";
import { formatQuantity, parseQuantity } from "./units.ts";

/** Options of what a drill demands, and of how long and hard it tries. */
export const objectiveOptions = {
  objective: { type: "string", multiple: true, default: [] as string[] },
  "abort-on-fail": { type: "boolean", default: false },
  "until-failure": { type: "boolean", default: false },
  rate: { type: "string" },
  duration: { type: "string" },
} as const;

export interface ObjectiveOptions {
  /** What must hold beside the experiments' own hypotheses, such as `recovery<10s`. */
  readonly objective: readonly string[];
  /** Whether nothing more runs once an experiment has not held. */
  readonly abortOnFail: boolean;
  /** Whether the drill is repeated until something does not hold. */
  readonly untilFailure: boolean;
  /** Requests a second; default: what each experiment says. */
  readonly rate?: number;
  /** How long the fault lasts, in milliseconds; default: what each experiment says. */
  readonly durationMs?: number;
}

export const objectiveHelp = `  --objective LIMIT
                   demand more, such as recovery<10s, during.p99<500ms or after.availability>=99% (may be
                   repeated); NAME:LIMIT is for one experiment. docs/objectives.md has all metrics
  --abort-on-fail  run nothing more once an experiment has not held
  --until-failure  repeat the drill until something does not hold, at most as often as --repeat says, or
                   10,000 times
  --rate N         send N requests a second, instead of what each experiment says
  --duration T     keep the fault in effect for so long, such as 30s or 10min`;

/** FIS ends what lasts longer (AWS FIS User Guide, "Quotas": 12 hours). */
const longestMs = 12 * 3_600_000;
const shortestMs = 1_000;
const fastestRate = 10_000;

/** @throws UsageError */
export function readObjectiveOptions(values: {
  readonly objective: readonly string[];
  readonly "abort-on-fail": boolean;
  readonly "until-failure": boolean;
  readonly rate?: string | undefined;
  readonly duration?: string | undefined;
}): ObjectiveOptions {
  const { objective, rate, duration } = values;
  for (const each of objective) parseObjective(each);
  return {
    objective,
    abortOnFail: values["abort-on-fail"],
    untilFailure: values["until-failure"],
    ...(rate !== undefined && { rate: readRate(rate) }),
    ...(duration !== undefined && { durationMs: readDuration(duration) }),
  };
}

function readRate(text: string): number {
  const rate = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN;
  if (rate >= 1 && rate <= fastestRate) return rate;
  throw new UsageError(
    `--rate must be a number of requests a second from 1 to ${String(fastestRate)}, not "${text}".`,
  );
}

function readDuration(text: string): number {
  const { unit, value = NaN } = parseQuantity(text.trim().toLowerCase()) ?? {};
  if (unit === "time" && value >= shortestMs && value <= longestMs) return value;
  throw new UsageError(
    `--duration must be a time from ${formatQuantity(shortestMs, "time")} to 12 h, such as 30s or 10min, not "${text}".`,
  );
}
