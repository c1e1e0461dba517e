import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { runDrill } from "../support/run-drill.ts";
import { scratchCopy } from "../support/scratch-copy.ts";
import { project } from "./support/markdown.ts";

const run = promisify(execFile);

describe("docs/your-own-application.md, followed", function () {
  this.timeout(120_000);

  before(async function () {
    await run("git", ["--version"]).catch(() => {
      console.log("      not run: git not installed");
      this.skip();
    });
  });

  it("gives an order service whose acknowledged writes survive a slow database", async () => {
    await using copy = await scratchCopy();
    const cwd = copy.directory;
    await run("git", ["apply", "-C1", join(project, "docs/orders.patch")], { cwd });

    const { summary, stderr } = await runDrill(cwd, ["--only", "slow-database"]);

    const [row] = summary.experiments;
    expect(row, stderr).to.include({ outcome: "held", lost: 0, stale: 0 });
    expect(row?.acknowledged, stderr).to.be.greaterThan(30);
  });
});
