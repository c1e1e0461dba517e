import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { experimentSource } from "../../../chaos/ci/experiment-source.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("experimentSource", () => {
  it("is the experiment of the catalogue, from the root of the repository", () => {
    const source = experimentSource("outage", { template: [] });
    expect(source?.file).to.equal("chaos/experiments/outage/experiment.ts");
    expect(source?.line).to.be.above(1);
  });

  it("is the workload of another application, or the template that was tried", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, ".git"));
    const workload = join(folder.path, "app/drill/workload.ts");
    const template = join(folder.path, "topic-outage.json");
    await mkdir(join(folder.path, "app/drill"), { recursive: true });
    await writeFile(workload, "// A counter.\n\nconst workload: Workload<Increment> = {};\n");
    await writeFile(template, '{\n  "description": "",\n  "actions": {} }');
    const options = { workload, template: [template] };
    expect(experimentSource("dynamodb-slow", options)).to.deep.equal({
      file: "app/drill/workload.ts",
      line: 3,
    });
    expect(experimentSource("topic-outage", options)).to.deep.equal({
      file: "topic-outage.json",
      line: 3,
    });
  });

  it("is unknown where there is no repository or no file", async () => {
    await using folder = await temporaryFolder();
    const workload = join(folder.path, "workload.ts");
    expect(experimentSource("dynamodb-slow", { workload, template: [] })).to.equal(undefined);
    await writeFile(workload, "");
    expect(experimentSource("dynamodb-slow", { workload, template: [] })).to.equal(undefined);
  });
});
