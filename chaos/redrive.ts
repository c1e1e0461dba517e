import { commandOf } from "../command-line/command-of.ts";
import { parseOptions } from "../command-line/parse-options.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { awsClients } from "./harness/aws-clients.ts";
import { readOutputs } from "./harness/read-outputs.ts";
import { redriveQueue } from "./redrive-queue.ts";

const defaultEndpoint = "http://127.0.0.1:4566";

const help = `${commandOf("redrive", "[options]")}

Moves every message of the dead-letter queue back to the queue, from where it is tried again.

  --endpoint URL   of the cloud; default: ${defaultEndpoint}
  --outputs FILE   the stack's outputs, as pulumi stack output --json prints them; without it the
                   queues are found by name
  --help           print this

Exit code: 0 done, 3 could not.
`;

async function main(): Promise<string> {
  const { endpoint, outputs: file, help: wantsHelp } = parse(process.argv.slice(2));
  if (wantsHelp) return help;
  const outputs = file === undefined ? undefined : await readOutputs(file);
  if (outputs && !outputs.productEventsDeadLetterQueueUrl)
    throw new Error(`The stack in ${String(file)} has no queues; deploy it with its write buffer.`);
  const { sqs, close } = awsClients({ endpoint, region: outputs?.region ?? "us-east-1" });
  try {
    const moved = await redriveQueue(sqs, {
      ...(outputs && { urls: outputs }),
      deadlineMs: 600_000,
    });
    return moved === 0
      ? "The dead-letter queue is empty; nothing to move.\n"
      : `Moved ${String(moved)} messages from the dead-letter queue back to the queue.\n`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT"].includes(code)) throw error;
    throw new Error(
      `Nothing answers at ${endpoint} (${code}); start it with ${commandOf("cloud")}.`,
      {
        cause: error,
      },
    );
  } finally {
    close();
  }
}

interface RedriveArgs {
  readonly endpoint: string;
  readonly outputs?: string;
  readonly help: boolean;
}

const options = {
  endpoint: { type: "string", default: defaultEndpoint },
  outputs: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

function parse(args: string[]): RedriveArgs {
  const values = parseOptions(args, options, commandOf("redrive", "--help"));
  if (!/^https?:\/\/[^/]+\/?$/.test(values.endpoint) || !URL.canParse(values.endpoint))
    throw new UsageError(
      `--endpoint "${values.endpoint}" is not a URL such as ${defaultEndpoint}.`,
    );
  return values;
}

try {
  process.stdout.write(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
