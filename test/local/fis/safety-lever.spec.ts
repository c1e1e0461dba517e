import { GetExperimentCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { startFis, type StartedFis } from "./start-fis.ts";
import { startTemplate } from "./start-template.ts";
import { tutorialTemplate } from "./template-input.ts";

// Without the SDK, whose newest version on the registry does not have the lever yet.
describe("FIS safety lever", () => {
  let fis: StartedFis;
  beforeEach(async () => {
    fis = await startFis();
  });
  afterEach(() => fis[Symbol.asyncDispose]());

  const set = (status: string) =>
    fis.send("PATCH", "/safetyLevers/default/state", {
      state: { status, reason: "a real incident" },
    });

  it("is disengaged at first", async () => {
    expect(await fis.send("GET", "/safetyLevers/default")).to.deep.equal({
      status: 200,
      body: {
        safetyLever: {
          id: "default",
          arn: "arn:aws:fis:us-east-1:000000000000:safety-lever/default",
          state: { status: "disengaged", reason: "" },
        },
      },
    });
  });

  it("stops what runs when it is engaged", async () => {
    const { id } = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    expect((await set("engaged")).status).to.equal(200);
    expect(fis.store.rules).to.be.empty;
    const { experiment } = await fis.client.send(new GetExperimentCommand({ id }));
    expect(experiment?.state).to.deep.include({
      status: "stopped",
      reason: "The safety lever was engaged: a real incident",
    });
  });

  it("cancels what starts while it is engaged, and no more after that", async () => {
    await set("engaged");
    const cancelled = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    expect(cancelled.state?.status).to.equal("cancelled");
    expect(cancelled.actions?.["Test action 1"]?.state?.status).to.equal("cancelled");
    expect(fis.store.rules).to.be.empty;
    await set("disengaged");
    const running = await startTemplate(fis.client, tutorialTemplate("experiment-ddb"));
    expect(running.state?.status).to.equal("running");
  });

  it("leaves other regions alone", async () => {
    const elsewhere = fis.clientIn("eu-west-1");
    await startTemplate(elsewhere, tutorialTemplate("experiment-ddb"));
    await set("engaged");
    expect(fis.store.rules).to.have.length(1);
  });

  it("takes no other state and has no other name", async () => {
    expect(await set("engaging")).to.deep.equal({
      status: 400,
      body: { message: 'state.status must be engaged or disengaged, not "engaging".' },
    });
    expect((await fis.send("GET", "/safetyLevers/000000000000")).status).to.equal(404);
  });
});
