import { expect } from "chai";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runDrill } from "../support/run-drill.ts";
import { instantiateTemplate } from "./instantiate-template.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

describe("the template write-buffer, drilled", function () {
  this.timeout(240_000);

  it("keeps every acknowledged write, whatever the database does", async () => {
    await using project = await instantiateTemplate("write-buffer", "corner-shop");
    const folder = fileURLToPath(project.url);
    const { summary, stderr } = await runDrill(checkout, [
      ...["--program", folder, "--reports", join(folder, "reports")],
      ...["--only", "dynamodb-outage", "--only", "dynamodb-lost-answer"],
    ]);
    const outcomes = summary.experiments.map(({ experiment, outcome }) => [experiment, outcome]);
    expect(
      outcomes.filter(([, outcome]) => outcome === "not-held"),
      stderr,
    ).to.deep.equal([]);
    expect(outcomes).to.have.lengthOf(2);
    expect(summary.evidence?.queued).to.be.above(0);
  });

  it("has an experiment that fails its table", async () => {
    await using project = await instantiateTemplate("write-buffer", "corner-shop");
    const folder = fileURLToPath(project.url);
    const { summary, stderr } = await runDrill(checkout, [
      ...["--program", folder, "--reports", join(folder, "reports")],
      ...["--template", join(folder, "drill/table-outage.json")],
    ]);
    expect(summary.experiments[0]?.outcome, stderr).to.be.oneOf(["held", "unknown"]);
  });
});
