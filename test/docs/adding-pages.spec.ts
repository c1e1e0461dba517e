import { execFile } from "node:child_process";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { runDrill } from "../support/run-drill.ts";
import { type ScratchCopy, scratchCopy } from "../support/scratch-copy.ts";
import { followPage } from "./support/follow-page.ts";
import { project, readDocuments } from "./support/markdown.ts";

const run = promisify(execFile);

describe("docs/adding-an-experiment.md and docs/adding-a-component.md, followed", function () {
  this.timeout(120_000);

  let copy: ScratchCopy;
  let written: string[];

  before(async () => {
    copy = await scratchCopy();
    for (const name of ["tsconfig.json", "eslint.config.js", ".prettierrc.json", "test/infra"])
      await cp(join(project, name), join(copy.directory, name), { recursive: true });
    written = [
      ...(await followPage("docs/adding-an-experiment.md", copy)),
      ...(await followPage("docs/adding-a-component.md", copy)),
      ...(await followPage("local/README.md", copy)),
    ];
  });

  after(() => copy[Symbol.asyncDispose]());

  it("hold, with local/README.md, all TypeScript of the documents", async () => {
    // The package's page shows files of other repositories.
    const documents = (await readDocuments()).filter(({ path }) => path !== "command/README.md");
    const blocks = documents.flatMap((document) => document.blocks);
    const typescript = blocks.filter(({ language }) => /^(ts|typescript|js)$/.test(language));
    expect(typescript.map(({ comment }) => comment.replace(/^file: /, ""))).to.have.members(
      written,
    );
  });

  it("give TypeScript without type errors", async () => {
    await writeFile(
      join(copy.directory, "tsconfig.pages.json"),
      JSON.stringify({
        extends: "./tsconfig.json",
        files: [...written, "index.ts"],
        include: ["local/**/*.d.ts"],
      }),
    );
    await succeeds("typescript/bin/tsc", "--project", "tsconfig.pages.json");
  });

  it("give files in the form of the formatter", async () => {
    await succeeds("prettier/bin/prettier.cjs", "--check", ...written, "index.ts");
  });

  it("give a component whose test passes", async () => {
    await succeeds("mocha/bin/mocha.js", "test/infra/dead-letter-alarm.spec.ts");
  });

  it("give an experiment that runs on the stack with the component", async () => {
    const { summary, stderr } = await runDrill(copy.directory, ["--only", "throttled-database"]);
    const [row] = summary.experiments;
    expect(row, stderr).to.include({ experiment: "throttled-database", lost: 0, stale: 0 });
    expect(row?.acknowledged, stderr).to.be.greaterThan(50);
    expect(row?.outcome, stderr).to.equal("held");
  });

  async function succeeds(script: string, ...args: string[]): Promise<void> {
    const path = join(project, "node_modules", script);
    await run(process.execPath, [path, ...args], { cwd: copy.directory }).catch(
      (error: unknown) => {
        const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
        throw new Error(`${script} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
      },
    );
  }
});
