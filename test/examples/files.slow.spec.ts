import { expect } from "chai";
import { fileURLToPath } from "node:url";
import { runDrill } from "../support/run-drill.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Drills examples/files with these options. */
async function drill(...options: readonly string[]) {
  await using reports = await temporaryFolder();
  return runDrill(project, [
    ...["--program", "examples/files", "--reports", reports.path],
    ...options,
  ]);
}

describe("examples/files", function () {
  this.timeout(400_000);

  it("keeps documents and index, whatever fails", async () => {
    const { summary } = await drill();
    const blamed = summary.experiments.filter(({ outcome }) => outcome === "not-held");
    expect(blamed).to.deep.equal([]);
    const kinds = [
      ...["outage", "partial-outage", "throttling", "denied", "slow", "unparsable"],
      "lost-answer",
    ];
    expect(summary.experiments.map(({ experiment }) => experiment)).to.have.members(
      ["dynamodb", "s3", "sqs"].flatMap((service) => kinds.map((kind) => `${service}-${kind}`)),
    );
  });

  it("loses rows of the index whose failure is swallowed, and the drill names them", async () => {
    const { exitCode, summary } = await drill(
      ...["--only", "dynamodb-outage", "--config", "swallow=true"],
    );
    const [row] = summary.experiments;
    expect(row?.outcome).to.equal("not-held");
    expect(row?.counts?.lost).to.be.above(0);
    expect(exitCode).to.equal(1);
  });
});
