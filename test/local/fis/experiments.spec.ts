import {
  GetExperimentCommand,
  ListExperimentsCommand,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { rejection } from "./rejection.ts";
import { startFis, type StartedFis } from "./start-fis.ts";
import { createTemplate, startTemplate, untilStatus } from "./start-template.ts";
import { templateInput, tutorialTemplate } from "./template-input.ts";
import { until } from "./until.ts";

const wait = (duration: string, startAfter?: string[]) => ({
  actionId: "aws:fis:wait",
  parameters: { duration },
  startAfter,
});
const apiError = { actionId: "localstack:generic:api-error" };

describe("FIS experiments", () => {
  let fis: StartedFis;
  beforeEach(async () => {
    fis = await startFis();
  });
  afterEach(() => fis[Symbol.asyncDispose]());

  it("has the rules in force before it answers that the experiment is running", async () => {
    const experiment = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    expect(fis.store.rules).to.have.length(1);
    expect(experiment.id).to.match(/^EXP[0-9A-Za-z]{14}$/);
    expect(experiment.state).to.deep.equal({
      status: "running",
      reason: "Experiment is running.",
    });
    expect(experiment.actions?.["Test action 1"]).to.deep.include({
      actionId: "localstack:generic:api-error",
      state: { status: "running", reason: "" },
    });
    expect(experiment.startTime).to.be.instanceOf(Date);
    expect(experiment.endTime).to.equal(undefined);
  });

  it("has the rules out of force before it answers that the experiment is stopped", async () => {
    const { id } = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    const { experiment } = await fis.client.send(new StopExperimentCommand({ id }));
    expect(fis.store.rules).to.be.empty;
    expect(experiment?.state?.status).to.equal("stopped");
    expect(experiment?.endTime).to.be.instanceOf(Date);
    expect(experiment?.actions?.["Test action 1"]?.state?.status).to.equal("stopped");
    expect(experiment?.actions?.["Test action 1"]?.endTime).to.be.instanceOf(Date);
  });

  it("stops an experiment that has stopped without a change", async () => {
    const { id } = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    const first = await fis.client.send(new StopExperimentCommand({ id }));
    const second = await fis.client.send(new StopExperimentCommand({ id }));
    expect(second.experiment).to.deep.equal(first.experiment);
  });

  it("stops only its own rules", async () => {
    const first = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    const second = await startTemplate(fis.client, tutorialTemplate("latency-experiment"));
    await fis.client.send(new StopExperimentCommand({ id: first.id }));
    expect(fis.store.rules.map(({ owner }) => owner)).to.deep.equal([
      { kind: "experiment", experimentId: second.id, action: "latency" },
    ]);
  });

  it("completes when all actions have completed", async () => {
    const { id } = await startTemplate(
      fis.client,
      templateInput({
        nothing: { actionId: "localstack:do-nothing" },
        debug: { actionId: "localstack:log-debug", parameters: { message: "hello" } },
        wait: wait("PT0.01S"),
      }),
    );
    const experiment = await untilStatus(fis.client, id, "completed");
    expect(experiment.state?.reason).to.equal("Experiment completed.");
    expect(experiment.actions?.["wait"]?.state).to.deep.equal({
      status: "completed",
      reason: "Action was completed.",
    });
    expect(fis.log).to.deep.include({
      event: "fis-log-debug",
      experimentId: id,
      action: "debug",
      message: "hello",
    });
  });

  it("starts an action only after those that it names have completed", async () => {
    const { actions } = await startTemplate(
      fis.client,
      templateInput({
        outage: { ...apiError, startAfter: ["short", "long"] },
        short: wait("PT0.01S"),
        long: wait("PT0.05S"),
      }),
    );
    expect(actions?.["outage"]?.state).to.deep.equal({
      status: "pending",
      reason: "Initial state",
    });
    expect(fis.store.rules).to.be.empty;
    const order = () => fis.log.map(({ event, action }) => [event, action].join(" "));
    await until("the rule of the outage", () => fis.store.rules[0]);
    expect(order().slice(-2)).to.deep.equal(["fis-action-end long", "fis-action-start outage"]);
  });

  it("cancels actions that wait when it is stopped, and starts them no more", async () => {
    const { id } = await startTemplate(
      fis.client,
      templateInput({ wait: wait("PT0.01S"), outage: { ...apiError, startAfter: ["wait"] } }),
    );
    const { experiment } = await fis.client.send(new StopExperimentCommand({ id }));
    expect(experiment?.actions?.["outage"]?.state?.status).to.equal("cancelled");
    const other = await startTemplate(fis.client, templateInput({ wait: wait("PT0.05S") }));
    await untilStatus(fis.client, other.id, "completed");
    expect(fis.store.rules).to.be.empty;
    const later = await fis.client.send(new GetExperimentCommand({ id }));
    expect(later.experiment).to.deep.equal(experiment);
  });

  it("keeps what it started with when its template is updated or deleted", async () => {
    const experiment = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    const template = experiment.experimentTemplateId ?? "";
    await fis.send("PATCH", `/experimentTemplates/${template}`, { description: "new" });
    await fis.send("DELETE", `/experimentTemplates/${template}`);
    const got = await fis.client.send(new GetExperimentCommand({ id: experiment.id }));
    expect(got.experiment?.actions).to.deep.equal(experiment.actions);
  });

  it("starts one experiment for one client token", async () => {
    const experimentTemplateId = await createTemplate(
      fis.client,
      tutorialTemplate("experiment-ddb"),
    );
    const command = () => new StartExperimentCommand({ experimentTemplateId, clientToken: "t" });
    const first = await fis.client.send(command());
    const second = await fis.client.send(command());
    expect(second.experiment?.id).to.equal(first.experiment?.id);
    expect(fis.store.rules).to.have.length(1);
  });

  it("lists experiments, also those of one template", async () => {
    const first = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    const second = await startTemplate(fis.client, tutorialTemplate("latency-experiment"));
    const all = await fis.client.send(new ListExperimentsCommand({}));
    expect(all.experiments?.map(({ id }) => id)).to.deep.equal([first.id, second.id]);
    const { body } = await fis.send(
      "GET",
      `/experiments?experimentTemplateId=${second.experimentTemplateId ?? ""}`,
    );
    expect(body).to.have.nested.property("experiments.length", 1);
    expect(body).to.have.nested.property("experiments[0].id", second.id);
  });

  it("lets no more than 5 experiments be active", async () => {
    for (let index = 0; index < 5; index++)
      await startTemplate(fis.client, tutorialTemplate("latency-experiment"));
    const error = await rejection(
      startTemplate(fis.client, tutorialTemplate("latency-experiment")),
    );
    expect(error).to.include({ name: "ServiceQuotaExceededException" });
    expect(String(error)).to.include("5 experiments are active, which is the limit; stop one");
  });

  it("answers that an experiment is not there", async () => {
    const error = await rejection(fis.client.send(new GetExperimentCommand({ id: "EXPnone" })));
    expect(error).to.include({
      name: "ResourceNotFoundException",
      message: "Experiment EXPnone not found.",
    });
  });

  it("does not start an experiment whose alarm nobody watches", async () => {
    const value = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:CustomerImpact";
    const stopConditions = [{ source: "aws:cloudwatch:alarm", value }];
    const input = templateInput({ outage: apiError }, { stopConditions });
    const error = await rejection(startTemplate(fis.client, input));
    expect(error).to.include({
      name: "ValidationException",
      message: `The stop condition ${value} cannot be watched here, as there are no alarms; use the source none.`,
    });
    expect(fis.store.rules).to.be.empty;
  });

  it("takes the rules of running experiments out of force when the service closes", async () => {
    const other = await startFis();
    await startTemplate(other.client, tutorialTemplate("experiment-ddb"));
    await other[Symbol.asyncDispose]();
    expect(other.store.rules).to.be.empty;
  });
});
