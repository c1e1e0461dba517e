import { expect } from "chai";
import { fileURLToPath } from "node:url";
import { runDrill } from "../support/run-drill.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Drills examples/counter with these options. */
async function drill(...options: readonly string[]) {
  await using reports = await temporaryFolder();
  return runDrill(project, [
    ...["--program", "examples/counter", "--reports", reports.path],
    ...options,
  ]);
}

describe("examples/counter", function () {
  this.timeout(180_000);

  it("loses acknowledged increments while the database is slow, and the drill names them", async () => {
    const { exitCode, summary } = await drill("--only", "dynamodb-slow");
    const [row] = summary.experiments;
    expect(row?.outcome).to.equal("not-held");
    expect(row?.counts?.lost).to.be.above(0);
    expect(row?.anomalies.join("\n")).to.match(/had at the first look \d+, and \d+ acknowledged/);
    expect(exitCode).to.equal(1);
  });

  it("is not blamed once the database adds", async () => {
    const { summary } = await drill("--config", "atomic=true");
    const blamed = summary.experiments.filter(({ outcome }) => outcome === "not-held");
    expect(blamed).to.deep.equal([]);
    expect(summary.experiments.map(({ experiment }) => experiment)).to.have.members([
      "dynamodb-outage",
      "dynamodb-partial-outage",
      "dynamodb-throttling",
      "dynamodb-denied",
      "dynamodb-slow",
      "dynamodb-unparsable",
      "dynamodb-lost-answer",
    ]);
  });
});
