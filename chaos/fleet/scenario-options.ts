import { randomBytes } from "node:crypto";
import { parseOptions } from "../../command-line/parse-options.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { usualWorkload } from "./check-options.ts";
import { readDuration, readRate } from "./load-options.ts";

const COMMAND = "npx outage-drill scenario";

export const HELP = `${COMMAND} --rate R --duration T --outputs FILE [options]

Writes a scenario for Artillery (https://www.artillery.io) that sends a workload's requests, from this
machine or from many: scenario.yml, and processor.mjs, whose virtual users write histories for outage-drill
check. Run it with npx artillery run scenario.yml.

  --rate R         turns of writes a second; a turn is one to five writes of one key
  --duration T     for so long, such as 90s, 10m or 2h
  --outputs FILE   the stack, as pulumi stack output --json, or pulumi stack export, prints it; it is copied
  --endpoint URL   where the stack's cloud listens, if its outputs do not say so
  --workload FILE  what is sent; default: drill/workload.ts, where it exists
  --seed TEXT      what keys, payloads and their order come from; default: random
  --shared-keys N  a tenth of the turns goes to so many keys that all processes write. Default: 0
  --upload URL     s3://BUCKET/PREFIX, to which each process copies its history in the end
  --out DIR        the folder to write; default: scenario
  --help           print this

Exit code: 0 written, 3 could not. A file that exists is never overwritten.
`;

export interface ScenarioOptions {
  readonly arrivalsPerSecond: number;
  readonly durationMs: number;
  readonly outputs: string;
  readonly endpoint: string | undefined;
  readonly workload: string | undefined;
  readonly seed: string;
  readonly sharedKeys: number;
  readonly upload: string | undefined;
  readonly out: string;
}

const OPTIONS = {
  rate: { type: "string" },
  duration: { type: "string" },
  outputs: { type: "string" },
  endpoint: { type: "string" },
  workload: { type: "string" },
  seed: { type: "string" },
  "shared-keys": { type: "string", default: "0" },
  upload: { type: "string" },
  out: { type: "string", default: "scenario" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/**
 * @returns undefined when the help is asked for
 * @throws UsageError
 */
export function parseScenarioOptions(args: readonly string[]): ScenarioOptions | undefined {
  const values = parseOptions(args, OPTIONS, `${COMMAND} --help`);
  if (values.help) return undefined;
  const { rate, duration, outputs, endpoint, upload, out } = values;
  if (rate === undefined) throw new UsageError("--rate R is missing.");
  if (duration === undefined) throw new UsageError("--duration T is missing.");
  if (outputs === undefined) throw new UsageError("--outputs FILE is missing.");
  const durationMs = readDuration("--duration", duration);
  if (durationMs % 1_000 !== 0)
    throw new UsageError(`--duration ${duration}: Artillery counts whole seconds.`);
  if (upload !== undefined && !/^s3:\/\/[^/]+/.test(upload))
    throw new UsageError(
      `--upload ${upload} is no place in S3; give one such as s3://bucket/drill.`,
    );
  const sharedKeys = Number(values["shared-keys"]);
  if (!Number.isInteger(sharedKeys) || sharedKeys < 0)
    throw new UsageError(`--shared-keys ${values["shared-keys"]} is no count.`);
  const arrivalsPerSecond = readRate("--rate", rate);
  if (arrivalsPerSecond === 0) throw new UsageError("--rate 0 sends nothing; give a rate above 0.");
  return {
    ...{ durationMs, outputs, endpoint, upload, out, sharedKeys, arrivalsPerSecond },
    workload: values.workload ?? usualWorkload(),
    seed: values.seed ?? randomBytes(4).toString("hex"),
  };
}
