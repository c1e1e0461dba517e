import { randomUUID } from "node:crypto";
import { GetResourcePolicyCommand } from "@aws-sdk/client-dynamodb";
import { ListExperimentsCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { admit } from "../../../chaos/aws/admit.ts";
import { experiments } from "../../../chaos/experiments/index.ts";
import { outage } from "../../../chaos/experiments/outage/experiment.ts";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import { Conductor } from "../../../chaos/harness/conductor.ts";
import { ExperimentRun } from "../../../chaos/harness/experiment-run.ts";
import { scanTable } from "../../../chaos/probes/scan-table.ts";
import { stepsOf } from "../../../chaos/harness/steps.ts";
import type { Target } from "../../../chaos/harness/target.ts";
import type { Workload } from "../../../chaos/workload-contract.ts";
import workload from "../../../chaos/workload.ts";
import { startDrillCloud } from "../../../local/drill-cloud.ts";
import type { DrillCloud } from "../../../local/drill-cloud.ts";
import { conduct, hurry } from "../support/conduct.ts";

/** The embedded cloud stands in for an account: the stack's own templates, and the pace of AWS. */
describe("a drill on AWS", function () {
  this.timeout(120_000);
  let cloud: DrillCloud;
  let target: Target;
  let plan = "";

  before(async () => {
    cloud = await startDrillCloud({ config: { awsExperimentTemplates: "true" } });
  });

  after(() => cloud.close());

  beforeEach(async () => {
    const { endpoint, outputs } = cloud;
    target = await admit(
      { endpoint, outputs, isAws: true, close: () => Promise.resolve() },
      { experiments, allowAws: true, print: (text) => (plan = text) },
    );
  });

  afterEach(() => target.close());

  it("plans with the table that is hit, with when its fault ends, and with when FIS ends it", () => {
    expect(plan).to.include(
      "target     the table Products, which the runbook denies to the roles of the stack's functions",
    );
    expect(plan).to.include(
      "by itself: deny-table after PT5M; the runbook is stopped after PT10M at the latest",
    );
  });

  it("holds with the stack's own template, once callers meet its fault", async () => {
    const journal = await conduct(hurry(outage), target);
    const broken = journal.steps.filter(({ status }) => status !== "passed");
    expect(broken.map(({ name, status }) => [name, status])).to.deep.equal([
      ["a scan raises DynamoDbException", "not-applicable"],
    ]);
    expect(journal.outcome).to.equal("held");
    expect(journal.fault).to.deep.include({
      injector: "the stack's FIS template",
      source: {
        experimentTemplateId: cloud.outputs.experimentTemplateIds?.["outage"],
        scenario: "outage",
      },
      end: { status: "stopped" },
    });
    expect(await leftBehind()).to.deep.equal({ statuses: ["stopped"], denies: false });
    const others = (await keys()).filter((key) => !key.startsWith(journal.keyPrefix));
    expect(others, "products that may be another's").to.deep.equal([]);
  });

  it("stops the experiment when it is interrupted, and waits until it has undone its work", async () => {
    const conductor = new Conductor(
      new ExperimentRun(hurry(outage), target, {
        workload: workload as Workload,
        seed: randomUUID(),
      }),
    );
    for (const step of stepsOf(outage)) {
      const executed = conductor.execute(step);
      if (step.name.startsWith("keeps writing")) {
        expect((await leftBehind()).denies).to.be.true;
        await conductor.interrupt(new Error("Interrupted."));
        break;
      }
      await executed;
    }
    const journal = await conductor.finish();
    expect(journal.outcome).to.equal("interrupted");
    expect(journal.rollbacks.map(({ status }) => status)).to.deep.equal(["passed"]);
    const { statuses, denies } = await leftBehind();
    expect(statuses.filter((status) => status !== "stopped")).to.deep.equal([]);
    expect(denies).to.be.false;
  });

  async function keys(): Promise<string[]> {
    const { endpoint, outputs } = cloud;
    const { dynamodb, close } = awsClients({ endpoint, region: outputs.region });
    const items = await scanTable(dynamodb, outputs.productsTableName);
    close();
    return [...items.keys()];
  }

  async function leftBehind() {
    const { endpoint, outputs } = cloud;
    const { dynamodb, fis, close } = awsClients({ endpoint, region: outputs.region });
    try {
      const { experiments: listed = [] } = await fis.send(new ListExperimentsCommand({}));
      const { Policy = "" } = await dynamodb.send(
        new GetResourcePolicyCommand({
          ResourceArn: `arn:aws:dynamodb:${outputs.region}:000000000000:table/${outputs.productsTableName}`,
        }),
      );
      return {
        statuses: listed.map(({ state }) => state?.status),
        denies: Policy.includes("OutageDrill"),
      };
    } finally {
      close();
    }
  }
});
