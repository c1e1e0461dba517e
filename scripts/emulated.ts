/** `npm run docs:emulated`: see HELP. */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { collectEmulated } from "./emulated/collect-emulated.ts";
import { formatEmulated } from "./emulated/format-emulated.ts";

const HELP = `npm run docs:emulated -- [options]

Says whether docs/emulated.md lists what the embedded cloud serves.

  --update   write it
  --help     print this

Exit code: 0 it does, 1 it is stale, 3 it could not run.
`;

const PAGE_URL = new URL("../docs/emulated.md", import.meta.url);

async function main(args: string[]): Promise<number> {
  const { update, help } = parse(args);
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  const page = await formatEmulated(await collectEmulated());
  if (update) {
    await writeFile(PAGE_URL, page);
    return 0;
  }
  if ((await readFile(PAGE_URL, "utf8").catch(() => "")) === page) return 0;
  process.stderr.write("docs/emulated.md is stale: npm run docs:emulated -- --update writes it.\n");
  return 1;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        update: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const [sentence = ""] = String((error as Error).message).split(". ");
    throw new Error(`${sentence}: see npm run docs:emulated -- --help.`, { cause: error });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
