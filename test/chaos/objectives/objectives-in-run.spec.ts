import { expect } from "chai";
import { totalOutage } from "../../../chaos/experiments/total-outage/experiment.ts";
import { ExperimentRun } from "../../../chaos/harness/experiment-run.ts";
import type { Journal } from "../../../chaos/harness/journal.ts";
import { UndecidedError } from "../../../chaos/harness/step-errors.ts";
import { objectiveSteps } from "../../../chaos/objectives/objective-steps.ts";
import type { Workload } from "../../../chaos/workload-contract.ts";
import workload from "../../../chaos/workload.ts";
import { conduct, hurry } from "../support/conduct.ts";
import { startModelApplication } from "../support/model-application.ts";
import type { Defects, ModelTarget } from "../support/model-application.ts";
import { templateOf } from "../support/templates.ts";

describe("the objectives of a run", function () {
  this.timeout(60_000);

  it("are judged, each with its value beside its limit", async () => {
    const journal = await drill(["before.acknowledged>=1", "before.acknowledged>=1%"]);
    const [steady, recovery, evidence, before, share] = journal.objectives;
    expect(steady).to.include({ text: "before.p95<=1000ms", status: "held", isBuiltIn: true });
    expect(recovery).to.include({ text: "recovery<=90s", limit: 90_000, isBuiltIn: true });
    expect(recovery?.value).to.equal(journal.measurements.recoveryMs);
    expect(evidence).to.include({
      metric: "evidence.writes",
      value: journal.measurements.evidence?.all,
    });
    expect(before).to.include({ text: "before.acknowledged>=1", unit: "count", status: "held" });
    expect(share).to.include({ text: "before.acknowledged>=1%", unit: "share", limit: 0.01 });
    expect(share).to.include({ status: "held" }).and.not.to.have.property("isBuiltIn");
    expect(step(journal, "objective before.acknowledged>=1%")?.output).to.match(
      /^[\d.]+ %; the limit is >= 1 %$/,
    );
  });

  it("make a run that holds otherwise not-held", async () => {
    const journal = await drill(["before.p50>1h"]);
    expect(journal.verdict?.result).to.equal("valid");
    expect(journal.outcome).to.equal("not-held");
    expect(journal.objectives.at(-1)).to.include({ status: "not-held" });
    expect(step(journal, "objective before.p50>1h")?.status).to.equal("failed");
  });

  it("are missed for certain where no busy machine explains by how much", async () => {
    const journal = await drill(["before.max<0.001ms"]);
    expect(journal.outcome).to.equal("not-held");
  });

  it("are undecided where nobody could measure the value", async () => {
    await withTarget({}, async (target) => {
      const run = new ExperimentRun(totalOutage, target, {
        workload: workload as Workload,
        seed: "unmeasured",
      });
      const [judge] = objectiveSteps({ objectives: ["recovery<1h"] });
      expect(() => judge?.run(run)).to.throw(UndecidedError, /^There was no recovery to measure/);
      await run.close();
    });
  });

  it("do not make a run hold that does not", async () => {
    const journal = await drill(["before.acknowledged>=1"], { earlyAcknowledgement: true });
    expect(journal.objectives.at(-1)).to.include({ status: "held" });
    expect(journal.outcome).to.equal("not-held");
  });
});

async function drill(objectives: readonly string[], defects: Defects = {}): Promise<Journal> {
  return withTarget(defects, (target) => conduct({ ...hurry(totalOutage), objectives }, target));
}

async function withTarget<T>(
  defects: Defects,
  use: (target: ModelTarget) => Promise<T>,
): Promise<T> {
  const target = await startModelApplication(
    { "total-outage": templateOf("total-outage") },
    defects,
  );
  try {
    return await use(target);
  } finally {
    await target.close();
  }
}

function step({ steps }: Journal, name: string) {
  return steps.find((each) => each.name === name);
}
