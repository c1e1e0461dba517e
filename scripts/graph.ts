import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { graphFiles } from "./graph/files.ts";

const USAGE = `Usage: npm run graph -- [--update]

Prints the resource graph of the program, on each stack, as JSON. With --update, writes it to
test/infra/resource-graph.golden.json and its picture to docs/graph.md instead.`;

try {
  const { values } = parseArgs({
    options: { update: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) console.log(USAGE);
  else {
    const { golden, page } = await graphFiles();
    if (values.update)
      for (const { url, text } of [golden, page]) {
        await writeFile(url, text);
        console.log(`wrote ${url.pathname}`);
      }
    else process.stdout.write(golden.text);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 3;
}
