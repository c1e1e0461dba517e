import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { type DrillCloud, startDrillCloud } from "../../local/drill-cloud.ts";
import { findDifference, readCommands } from "./support/console-commands.ts";
import { type Block, type Document, project, readDocuments } from "./support/markdown.ts";
import { findNpmCommands, findProblem } from "./support/scripts.ts";
import { openShell } from "./support/shell-session.ts";

/**
 * Every console block of the documents is run, in the order in which it stands there, in one shell a
 * document, unless one of its commands is of these tools or `<!-- not run: WHY -->` stands above it.
 */
const checkedByName = /^(npm|npx|pulumi|docker|git|cd) /;

/** Documents whose commands another test runs. */
const runElsewhere: Readonly<Record<string, string>> = {
  "docs/tutorial.md": "test/e2e/tutorial.spec.ts",
};

const documents = await readDocuments();

describe("The commands in the documents", function () {
  this.timeout(120_000);

  let cloud: DrillCloud;

  before(async () => {
    cloud = await startDrillCloud();
  });

  after(() => cloud.close());

  for (const document of documents) {
    it(`name scripts and options that are there: ${document.path}`, async () => {
      for (const command of findNpmCommands(document.text))
        expect(await findProblem(command), command.text).to.equal(undefined);
    });

    const blocks = document.blocks.filter(isRun);
    const elsewhere = runElsewhere[document.path];
    if (elsewhere !== undefined)
      it(`are run by ${elsewhere}: ${document.path}`, async () => {
        expect(await readFile(`${project}${elsewhere}`, "utf8")).to.include(document.path);
      });
    else if (blocks.length > 0)
      it(`do what the document shows: ${document.path}`, async function () {
        const text = blocks.map((block) => block.text).join("\n");
        const missing = ["aws", "curl"].filter(
          (tool) => new RegExp(`\\b${tool} `).test(text) && !isThere(tool),
        );
        if (missing.length > 0) {
          console.log(`      not run: ${missing.join(" and ")} not installed`);
          this.skip();
        }
        await follow(document, blocks, cloud);
      });
  }
});

function isRun({ language, text, comment }: Block): boolean {
  if (language !== "console" || comment.startsWith("not run: ")) return false;
  return !readCommands(text).some(({ command }) => checkedByName.test(command));
}

function isThere(tool: string): boolean {
  try {
    execFileSync(tool, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function follow(
  { path }: Document,
  blocks: readonly Block[],
  { endpoint }: DrillCloud,
): Promise<void> {
  await using shell = openShell();
  const seen: string[] = [];
  for (const { text, line } of blocks)
    for (const { command, output: shown } of readCommands(text)) {
      const real = fillIn(command, seen).replaceAll(/http:\/\/[\w.]+:4566/g, endpoint);
      const { output, exitCode } = await shell.run(real);
      const place = `${path}:${String(line)}: $ ${real}\n${output}`;
      // A command whose error is shown may fail; a document that shows none has none.
      if (shown.length === 0) expect(exitCode, place).to.equal(0);
      expect(
        findDifference(shown, output.replaceAll(endpoint, "http://127.0.0.1:4566")),
        place,
      ).to.equal(undefined);
      seen.unshift(output);
    }
}

/** `<EXPERIMENT_TEMPLATE_ID>` and `<EXPERIMENT_ID>`: the last ones that a command has printed. */
function fillIn(command: string, seen: readonly string[]): string {
  return command
    .replaceAll("<EXPERIMENT_TEMPLATE_ID>", () => lastId(/"id": "(EXT[^"]+)"/, seen))
    .replaceAll("<EXPERIMENT_ID>", () => lastId(/"id": "(EXP[^"]+)"/, seen));
}

function lastId(pattern: RegExp, seen: readonly string[]): string {
  const id = seen.map((output) => pattern.exec(output)?.[1]).find((found) => found !== undefined);
  if (id === undefined) throw new Error(`No command has printed ${String(pattern)} yet.`);
  return id;
}
