import {
  GetExperimentCommand,
  ListExperimentsCommand,
  StartExperimentCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { awsClients } from "../../../../chaos/harness/aws-clients.ts";
import type { DrillClients } from "../../../../chaos/harness/aws-clients.ts";
import { StackTemplateInjector } from "../../../../chaos/harness/injectors/stack-template-injector.ts";
import { startCloud } from "../../../../local/cloud.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { createStackTemplate } from "../../support/create-stack-template.ts";

describe("StackTemplateInjector", () => {
  it("runs an experiment of the stack's template, and has it stopped", async () => {
    await withTemplate(async ({ clients, injector, templateId }) => {
      const injection = await injector.inject();
      const { experiment } = await clients.fis.send(new GetExperimentCommand({ id: injection.id }));
      expect(experiment?.experimentTemplateId).to.equal(templateId);
      expect(experiment?.tags?.["outage-drill"]).to.equal("outage");
      expect(experiment?.tags?.["outage-drill:owner"]).to.include(`pid=${String(process.pid)} `);
      expect(Date.parse(experiment?.tags?.["outage-drill:lease-until"] ?? "")).to.be.above(
        Date.now(),
      );
      expect(experiment?.state?.status).to.equal("running");
      expect(await injection.stop()).to.deep.equal({ status: "stopped" });
      expect(await statuses(clients)).to.deep.equal(["stopped"]);
    });
  });

  it("starts nothing while another experiment is active", async () => {
    await withTemplate(async ({ clients, injector, templateId }) => {
      const { experiment } = await clients.fis.send(
        new StartExperimentCommand({ experimentTemplateId: templateId }),
      );
      const error = await failureOf(injector.inject());
      expect(error.message).to.include(`are active (${String(experiment?.id)})`);
      expect(await statuses(clients)).to.deep.equal(["running"]);
    });
  });

  it("leaves no experiment running when it is aborted", async () => {
    await withTemplate(async ({ clients, injector }) => {
      const controller = new AbortController();
      const fis = clients.fis;
      fis.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            const result = await next(args);
            if (commandName === "StartExperimentCommand")
              controller.abort(new Error("Interrupted."));
            return result;
          },
        { step: "initialize" },
      );
      const error = await failureOf(injector.inject(controller.signal));
      expect(error.message).to.equal("Interrupted.");
      expect(await statuses(clients)).to.deep.equal(["stopped"]);
    });
  });
});

interface Bench {
  readonly clients: DrillClients;
  readonly templateId: string;
  readonly injector: StackTemplateInjector;
}

async function withTemplate(use: (bench: Bench) => Promise<void>): Promise<void> {
  const cloud = await startCloud();
  const clients = awsClients({ endpoint: cloud.endpoint, region: "us-east-1" });
  try {
    const templateId = await createStackTemplate(clients.fis, cloud.endpoint);
    const fault = { failure: "nothing", hitsEveryCaller: false };
    const injector = new StackTemplateInjector(
      clients.fis,
      { id: templateId, scenario: "outage", fault },
      { deadlineMs: 10_000 },
    );
    await use({ clients, templateId, injector });
  } finally {
    clients.close();
    await cloud.close();
  }
}

async function statuses({ fis }: DrillClients) {
  const { experiments = [] } = await fis.send(new ListExperimentsCommand({}));
  return experiments.map(({ state }) => state?.status);
}
