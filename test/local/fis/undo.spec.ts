import { setImmediate } from "node:timers/promises";
import { StopExperimentCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import type { ActionPlan, FisAction } from "../../../local/services/fis/actions/action.ts";
import { startFis, type StartedFis } from "./start-fis.ts";
import { startTemplate, untilStatus } from "./start-template.ts";
import { templateInput } from "./template-input.ts";
import { until } from "./until.ts";

const template = templateInput({ change: { actionId: "test:change" } });

function changeAction(plan: ActionPlan): FisAction {
  return {
    id: "test:change",
    description: "Changes something that must be undone.",
    parameters: {},
    targets: {},
    plan: () => plan,
  };
}

describe("FIS actions with work to undo", () => {
  let fis: StartedFis;
  afterEach(() => fis[Symbol.asyncDispose]());

  it("are stopping until the work is done, and then stopped", async () => {
    const undone = Promise.withResolvers<undefined>();
    const plan = { durationMs: undefined, end: () => undone.promise };
    fis = await startFis({ furtherActions: [changeAction(plan)] });
    const { id } = await startTemplate(fis.client, template);
    const { experiment } = await fis.client.send(new StopExperimentCommand({ id }));
    expect(experiment?.state).to.deep.equal({
      status: "stopping",
      reason: "Stopping Experiment.",
    });
    expect(experiment?.actions?.["change"]?.state?.status).to.equal("running");
    undone.resolve(undefined);
    const stopped = await untilStatus(fis.client, id, "stopped");
    expect(stopped.actions?.["change"]?.state?.status).to.equal("stopped");
  });

  it("are undone once, also when they are stopped twice", async () => {
    let times = 0;
    const end = () => Promise.resolve(void times++);
    fis = await startFis({ furtherActions: [changeAction({ durationMs: undefined, end })] });
    const { id } = await startTemplate(fis.client, template);
    await fis.client.send(new StopExperimentCommand({ id }));
    await fis.client.send(new StopExperimentCommand({ id }));
    await untilStatus(fis.client, id, "stopped");
    expect(times).to.equal(1);
  });

  it("are undone when their time is over", async () => {
    let times = 0;
    const end = () => Promise.resolve(void times++);
    fis = await startFis({ furtherActions: [changeAction({ durationMs: 5, end })] });
    const { id } = await startTemplate(fis.client, template);
    await untilStatus(fis.client, id, "completed");
    expect(times).to.equal(1);
  });

  it("are undone once when they are stopped while they are being undone", async () => {
    let times = 0;
    const undone = Promise.withResolvers<undefined>();
    const end = () => {
      times++;
      return undone.promise;
    };
    fis = await startFis({ furtherActions: [changeAction({ durationMs: 5, end })] });
    const { id } = await startTemplate(fis.client, template);
    await until("the end of the action", () => (times > 0 ? true : undefined));
    await fis.client.send(new StopExperimentCommand({ id }));
    undone.resolve(undefined);
    await untilStatus(fis.client, id, "stopped");
    expect(times).to.equal(1);
  });

  it("are undone before the service has closed", async () => {
    let times = 0;
    const end = async () => {
      await setImmediate();
      times++;
    };
    fis = await startFis({ furtherActions: [changeAction({ durationMs: undefined, end })] });
    await startTemplate(fis.client, template);
    await fis[Symbol.asyncDispose]();
    expect(times).to.equal(1);
    fis = await startFis();
  });

  it("fail the experiment when they cannot be undone", async () => {
    const end = () => Promise.reject(new Error("access denied"));
    fis = await startFis({ furtherActions: [changeAction({ durationMs: undefined, end })] });
    const { id } = await startTemplate(fis.client, template);
    await fis.client.send(new StopExperimentCommand({ id }));
    const failed = await untilStatus(fis.client, id, "failed");
    expect(failed.state?.reason).to.equal("Action change failed: access denied");
    expect(failed.actions?.["change"]?.state).to.deep.equal({
      status: "failed",
      reason: "access denied",
    });
  });

  it("fail the experiment when they cannot start, and leave no fault behind", async () => {
    const start = () => {
      throw new Error("no such table");
    };
    fis = await startFis({ furtherActions: [changeAction({ durationMs: undefined, start })] });
    const experiment = await startTemplate(
      fis.client,
      templateInput({
        outage: { actionId: "localstack:generic:api-error" },
        change: { actionId: "test:change" },
        later: { actionId: "localstack:do-nothing", startAfter: ["wait"] },
        wait: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } },
      }),
    );
    expect(experiment.state).to.deep.include({ status: "failed" });
    expect(experiment.state?.reason).to.equal("Action change failed: no such table");
    const states = Object.values(experiment.actions ?? {}).map(({ state }) => state?.status);
    expect(states).to.deep.equal(["stopped", "failed", "cancelled", "cancelled"]);
    expect(fis.store.rules).to.be.empty;
  });
});
