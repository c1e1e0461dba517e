/** `npm run check-checkers`: see HELP. */
import { parseArgs } from "node:util";
import { compareCheckers } from "../test/chaos/harness/model/compare-checkers.ts";

const HELP = `npm run check-checkers -- [options]

Holds the drill's checker against a brute-force checker of the same model
(docs/history-model.md), on random small histories.

  --count N   how many histories (default 100000)
  --seed N    where the dice begin (default: another one each time; it is printed)
  --help      print this

Exit code: 0 the two agree on every history, 1 they do not, 3 it could not run.
`;

function main(args: string[]): number {
  const { count, seed, help } = parse(args);
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  process.stdout.write(`seed ${String(seed)}\n`);
  const { difference, kinds, ...counts } = compareCheckers(count, seed);
  const lines = Object.entries({ ...counts, ...kinds }).map(
    ([name, value]) => `${words(name).padEnd(22)} ${String(value).padStart(9)}\n`,
  );
  process.stdout.write(lines.join(""));
  if (!difference) return 0;
  process.stdout.write(`The first on which they differ:\n${JSON.stringify(difference)}\n`);
  return 1;
}

function parse(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      count: { type: "string", default: "100000" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      help: { type: "boolean", default: false },
    },
  });
  return {
    count: toNumber("--count", values.count),
    seed: toNumber("--seed", values.seed),
    help: values.help,
  };
}

function toNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${name} takes a whole number, not "${text}".`);
  return Number(text);
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
