import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ListExperimentsCommand, ListExperimentTemplatesCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { outage } from "../../../chaos/experiments/outage/experiment.ts";
import { queueOutage } from "../../../chaos/experiments/queue-outage/experiment.ts";
import { totalOutage } from "../../../chaos/experiments/total-outage/experiment.ts";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import { randomUUID } from "node:crypto";
import { Conductor } from "../../../chaos/harness/conductor.ts";
import { ExperimentRun } from "../../../chaos/harness/experiment-run.ts";
import type { Experiment } from "../../../chaos/harness/experiment.ts";
import { isAcknowledged } from "../../../chaos/harness/history.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import type { Journal } from "../../../chaos/harness/journal.ts";
import { isEmpty } from "../../../chaos/harness/pending-watch.ts";
import { scanTable } from "../../../chaos/probes/scan-table.ts";
import { secondLook, stepsOf } from "../../../chaos/harness/steps.ts";
import type { Step } from "../../../chaos/harness/steps.ts";
import type { Target } from "../../../chaos/harness/target.ts";
import type { Workload } from "../../../chaos/workload-contract.ts";
import workload from "../../../chaos/workload.ts";
import { conduct, hurry } from "../support/conduct.ts";
import { startModelApplication } from "../support/model-application.ts";
import type { Defects, ModelTarget } from "../support/model-application.ts";
import { outageTemplate, templateOf } from "../support/templates.ts";

describe("ExperimentRun", function () {
  this.timeout(60_000);

  it("holds for an application that keeps its promises", async () => {
    const journal = await drill(outage);
    expect(problems(journal)).to.deep.equal([]);
    expect(journal.outcome).to.equal("held");
    expect(journal.verdict).to.include({ result: "valid" });
    expect(journal.measurements).to.include({ lost: 0, stale: 0 });
    expect(journal.measurements.recoveryMs).to.be.a("number");
    expect(journal.fault.end).to.deep.equal({ status: "stopped" });
    expect(journal.queueDepth.some((sample) => !isEmpty(sample))).to.be.true;
  });

  it("finds what overwrites an acknowledged write after the first look", async () => {
    await withTarget({}, async (target) => {
      const { endpoint = "", outputs } = target;
      const { dynamodb, close } = awsClients({ endpoint, region: outputs.region });
      const overwrite: Step = {
        phase: "verification",
        name: "somebody puts an old value back",
        essential: false,
        async run({ history }) {
          const first = history.ops.find((op) => isReplaced(op, history.ops));
          const [name, , description] = JSON.parse(first?.value ?? "[]") as string[];
          await dynamodb.send(
            new PutItemCommand({
              TableName: outputs.productsTableName,
              Item: {
                id: { S: first?.key ?? "" },
                name: { S: name ?? "" },
                price: { N: JSON.parse(first?.value ?? "[]")[1] },
                description: { S: description ?? "" },
              },
            }),
          );
        },
      };
      const journal = await conduct(hurry(outage), target, [overwrite, secondLook]);
      close();
      expect(journal.outcome).to.equal("not-held");
      expect(journal.verdict?.counts).to.include({ "late-overwrite": 1, lost: 0 });
    });
  });

  it("writes the tutorial's products under their own ids on an emulated cloud", async () => {
    await withTarget({}, async (target) => {
      const { endpoint = "", outputs } = target;
      await conduct(hurry(outage), target);
      const { dynamodb, close } = awsClients({ endpoint, region: outputs.region });
      const items = await scanTable(dynamodb, outputs.productsTableName);
      close();
      expect([...items.keys()]).to.include.members(["prod-2004", "prod-1003"]);
    });
  });

  it("holds when nothing takes a write and nothing is acknowledged", async () => {
    expect(problems(await drill(totalOutage))).to.deep.equal([]);
  });

  it("waits for what the topic still holds, and counts that time as recovery", async () => {
    const journal = await drill(queueOutage);
    expect(problems(journal)).to.deep.equal([]);
    const filled = journal.queueDepth.findLast((sample) => !isEmpty(sample));
    const filledForMs = (filled?.atMs ?? 0) - Date.parse(journal.fault.stoppedAt ?? "");
    expect(filledForMs, "a delivery after the fault").to.be.greaterThan(0);
    expect(journal.measurements.recoveryMs).to.be.at.least(Math.floor(filledForMs));
  });

  it("names what an unconditional put made stale", async () => {
    const journal = await drill(outage, { unconditionalPut: true });
    expect(journal.outcome).to.equal("not-held");
    expect(journal.verdict?.counts).to.include({ lost: 0 });
    expect(journal.verdict?.counts.stale).to.be.greaterThan(0);
    const stale = journal.anomalies?.join("\n");
    expect(stale).to.match(/^stale: outage-.+: .* had an older write\.$/m);
    expect(stale).to.include("the table had [");
  });

  it("names what swallowed errors lost", async () => {
    const journal = await drill(outage, { swallowedErrors: true });
    expect(journal.outcome).to.equal("not-held");
    expect(journal.verdict?.counts.lost).to.be.greaterThan(0);
    expect(journal.anomalies?.join("\n")).to.match(/lost: outage-\w+-once-\d+: .* is nowhere/);
  });

  it("names what was acknowledged before it was published", async () => {
    const journal = await drill(totalOutage, { earlyAcknowledgement: true });
    expect(journal.outcome).to.equal("not-held");
    expect(journal.verdict?.counts["false-acknowledgement"]).to.be.greaterThan(0);
    expect(journal.verdict?.counts.lost).to.be.greaterThan(0);
  });

  it("is unknown when the queue does not drain", async () => {
    const journal = await drill({ ...outage, drainDeadlineMs: 200 }, { endlessRetry: true });
    expect(journal.outcome).to.equal("unknown");
    expect(journal.verdict?.result).to.equal("unknown");
    expect(problems(journal)[0]).to.match(/Waited \d.\d s until the queue is empty; last seen: {/);
  });

  it("is unknown when the fault never fires", async () => {
    const harmless = {
      ...outageTemplate,
      actions: { wait: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } } },
    };
    const journal = await drill({ ...outage, template: () => harmless });
    expect(journal.outcome).to.equal("unknown");
    expect(journal.steps.find(({ status }) => status === "unknown")?.error).to.include(
      "The fault never fired",
    );
    expect(journal.fault.end).to.deep.equal({ status: "stopped" });
    expect(journal.rollbacks).to.deep.equal([]);
  });

  it("does not inject when the steady state does not hold", async () => {
    const never = { name: "never", run: () => Promise.reject(new Error("not so")) };
    const checks = { ...outage.checks, before: [never] };
    const journal = await drill({ ...outage, checks });
    expect(journal.fault).not.to.have.property("id");
    expect(journal.rollbacks).to.deep.equal([]);
  });

  it("could not run when the stack has no such template", async () => {
    const journal = await drill({ ...outage, template: (templates) => templates["none"] });
    expect(journal.outcome).to.equal("could-not-run");
    expect(problems(journal)[0]).to.equal(
      "Error: The stack exports no experiment template for outage; it has outage, total-outage, queue-outage.",
    );
  });

  it("takes the fault back when it is interrupted", async () => {
    await withTarget({}, async (target) => {
      const conductor = new Conductor(
        new ExperimentRun(hurry(outage), target, {
          workload: workload as Workload,
          seed: randomUUID(),
        }),
      );
      for (const step of stepsOf(outage)) {
        const step_ = conductor.execute(step);
        if (step.name.startsWith("keeps writing")) {
          await conductor.interrupt(new Error("Interrupted."));
          expect((await step_).status).to.equal("error");
          break;
        }
        await step_;
      }
      const journal = await conductor.finish();
      expect(journal.outcome).to.equal("interrupted");
      expect(journal.rollbacks.map(({ status }) => status)).to.deep.equal(["passed"]);
      expect(await leftInFis(target)).to.deep.equal({ templates: 0, running: 0 });
    });
  });

  it("leaves neither template nor experiment behind", async () => {
    await withTarget({}, async (target) => {
      await conduct(hurry(outage), target);
      expect(await leftInFis(target)).to.deep.equal({ templates: 0, running: 0 });
    });
  });
});

/** Whether an acknowledged write was sent after this one was, and none puts the same again. */
function isReplaced(op: Op, ops: readonly Op[]): boolean {
  const others = ops.filter(({ key, kind, index }) => {
    return key === op.key && kind === "write" && index !== op.index;
  });
  return (
    op.key.includes("-chain-") &&
    isAcknowledged(op) &&
    others.some((other) => isAcknowledged(other) && other.invokeMs > op.endMs) &&
    others.every(({ value }) => value !== op.value)
  );
}

async function drill(experiment: Experiment, defects: Defects = {}): Promise<Journal> {
  return withTarget(defects, (target) => conduct(hurry(experiment), target));
}

async function withTarget<T>(
  defects: Defects,
  use: (target: ModelTarget) => Promise<T>,
): Promise<T> {
  const target = await startModelApplication(
    {
      outage: outageTemplate,
      "total-outage": templateOf("total-outage"),
      "queue-outage": templateOf("queue-outage"),
    },
    defects,
  );
  try {
    return await use(target);
  } finally {
    await target.close();
  }
}

function problems({ steps }: Journal): string[] {
  return steps.flatMap(({ error }) => error ?? []);
}

async function leftInFis({ endpoint }: Target) {
  const { fis, close } = awsClients({ endpoint, region: "us-east-1" });
  const { experimentTemplates } = await fis.send(new ListExperimentTemplatesCommand({}));
  const { experiments } = await fis.send(new ListExperimentsCommand({}));
  close();
  const running = experiments?.filter(({ state }) => state?.status === "running");
  return { templates: experimentTemplates?.length, running: running?.length };
}
