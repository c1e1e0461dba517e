import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Drill } from "../../chaos/drill.ts";
import { outage } from "../../chaos/experiments/outage/experiment.ts";
import { totalOutage } from "../../chaos/experiments/total-outage/experiment.ts";
import type { Experiment } from "../../chaos/harness/experiment.ts";
import type { Workload } from "../../chaos/workload-contract.ts";
import workload from "../../chaos/workload.ts";
import { hurry } from "./support/conduct.ts";
import { startModelApplication } from "./support/model-application.ts";
import type { Defects } from "./support/model-application.ts";
import { outageTemplate, templateOf } from "./support/templates.ts";

describe("Drill", function () {
  this.timeout(60_000);

  it("does not wait again for a queue that one experiment has waited for in vain", async () => {
    const short = { ...hurry(outage), drainDeadlineMs: 200 };
    const drill = await run([short, hurry(totalOutage)], { endlessRetry: true });
    expect(drill.journals.map(({ experiment }) => experiment)).to.deep.equal(["outage"]);
    expect(
      drill.failures.map(({ experiment, error }) => [experiment, String(error)]),
    ).to.deep.equal([
      [
        "total-outage",
        "CannotRunError: The queue did not drain after outage; nothing was injected.",
      ],
    ]);
  });

  it("blames no queue that nobody has waited for", async () => {
    const parameters = { service: "dynamodb", failure: "internal", duration: "PT0.1S" };
    const brief = {
      ...outageTemplate,
      description: "Over before it is stopped",
      actions: { database: { actionId: "outage-drill:api:error", parameters } },
    };
    const overEarly = { ...hurry(totalOutage), template: () => brief };
    const drill = await run([overEarly, { ...hurry(totalOutage), repetition: 2 }]);
    expect(drill.failures).to.deep.equal([]);
    const [first, second] = drill.journals;
    expect(first?.steps.find(({ name }) => name === "stops")?.error).to.include("was over before");
    expect(second?.outcome).to.equal("held");
  });

  it("leaves the queue alone while a run waits for its second look", async () => {
    const drill = await run([hurry(totalOutage), { ...hurry(totalOutage), repetition: 2 }]);
    const [first, second] = drill.journals;
    expect(first?.outcome).to.equal("held");
    const lastSampleMs = first?.queueDepth.at(-1)?.atMs ?? 0;
    expect(lastSampleMs).to.be.greaterThan(0);
    expect(lastSampleMs).to.be.lessThan(Date.parse(second?.fault.injectedAt ?? ""));
  });
});

/** Runs experiments on one model application, to the end of the drill. */
async function run(experiments: readonly Experiment[], defects: Defects = {}): Promise<Drill> {
  const reportsDirectory = await mkdtemp(join(tmpdir(), "outage-drill-drill-"));
  const templates = { outage: outageTemplate, "total-outage": templateOf("total-outage") };
  const drill = new Drill({
    experiments,
    workload: workload as Workload,
    lanes: 1,
    seed: "drill.spec",
    reportsDirectory,
    openTarget: () => startModelApplication(templates, defects),
  });
  try {
    await drill.start();
    return drill;
  } finally {
    await drill.close();
    await rm(reportsDirectory, { recursive: true, force: true });
  }
}
