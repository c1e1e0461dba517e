import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Drill } from "../../chaos/drill.ts";
import type { DrillOptions } from "../../chaos/drill.ts";
import { summarize } from "../../chaos/report/summary.ts";
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

  it("runs nothing more once an experiment has not held, where it is to stop then", async () => {
    const demanding = { ...hurry(totalOutage), objectives: ["before.p50>1h"] };
    const again = [2, 3].map((repetition) => ({ ...hurry(totalOutage), repetition }));
    const drill = await run([demanding, ...again], {}, { abortOnFail: true });
    expect(drill.journals.map(({ outcome }) => outcome)).to.deep.equal(["not-held"]);
    expect(drill.journals[0]?.fault.end).to.deep.equal({ status: "stopped" });
    expect(drill.notRun).to.deep.equal(["total-outage-2", "total-outage-3"]);
    expect(await drill.runs[1]?.secondLook).to.deep.equal({ status: "skipped" });
    expect(summarize(drill)).to.deep.include({ exitCode: 1, notRun: drill.notRun });
  });

  it("runs all that may hold, and what follows what does not apply", async () => {
    const leftOut = { ...hurry(totalOutage), whyNotOn: () => "not here" };
    const next = { ...hurry(totalOutage), repetition: 2 };
    const drill = await run([leftOut, next], {}, { abortOnFail: true });
    expect(drill.journals.map(({ outcome }) => outcome)).to.deep.equal(["not-applicable", "held"]);
    expect(drill.notRun).to.deep.equal([]);
  });
});

/** Runs experiments on one model application, to the end of the drill. */
async function run(
  experiments: readonly Experiment[],
  defects: Defects = {},
  more: Pick<DrillOptions, "abortOnFail"> = {},
): Promise<Drill> {
  const reportsDirectory = await mkdtemp(join(tmpdir(), "outage-drill-drill-"));
  const templates = { outage: outageTemplate, "total-outage": templateOf("total-outage") };
  const drill = new Drill({
    ...more,
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
