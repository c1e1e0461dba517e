import {
  GetExperimentCommand,
  ListExperimentTemplatesCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { awsClients } from "../../../../chaos/harness/aws-clients.ts";
import type { DrillClients } from "../../../../chaos/harness/aws-clients.ts";
import { FisInjector } from "../../../../chaos/harness/injectors/fis-injector.ts";
import { startCloud } from "../../../../local/cloud.ts";
import { outageTemplate } from "../../support/templates.ts";

describe("FisInjector", () => {
  it("has the fault in effect once it resolves, and over once it is stopped", async () => {
    await withFis(async ({ clients, injector }) => {
      const injection = await injector.inject();
      expect(await listTables(clients)).to.equal("DynamoDbException");
      expect(await injection.stop()).to.deep.equal({ status: "stopped" });
      expect(await listTables(clients)).to.equal("answered");
      expect(await templates(clients)).to.equal(0);
      const { experiment } = await clients.fis.send(new GetExperimentCommand({ id: injection.id }));
      expect(experiment?.state?.status).to.equal("stopped");
    });
  });

  it("stops once, however often it is asked", async () => {
    await withFis(async ({ injector }) => {
      const injection = await injector.inject();
      const ends = await Promise.all([injection.stop(), injection.stop()]);
      expect([...ends, await injection.stop()]).to.deep.equal(
        Array.from({ length: 3 }, () => ({ status: "stopped" })),
      );
    });
  });

  it("says so when the experiment was over before it was stopped", async () => {
    await withFis(async ({ clients, injector }) => {
      const injection = await injector.inject();
      await clients.fis.send(new StopExperimentCommand({ id: injection.id }));
      const end = await injection.stop();
      expect(end.endedEarly).to.include("stop");
      expect(await templates(clients)).to.equal(0);
    });
  });

  it("leaves nothing behind when FIS refuses the template", async () => {
    await withFis(async ({ clients }) => {
      const unknown = { ...outageTemplate, actions: { act: { actionId: "no:such:action" } } };
      const injector = new FisInjector(clients.fis, unknown, { deadlineMs: 10_000 });
      const error = await injector.inject().catch((reason: unknown) => reason);
      expect(String(error)).to.include("no:such:action");
      expect(await templates(clients)).to.equal(0);
    });
  });

  it("leaves nothing behind when it is aborted", async () => {
    await withFis(async ({ clients, injector }) => {
      const signal = AbortSignal.abort(new Error("Interrupted."));
      const error = await injector.inject(signal).catch((reason: unknown) => reason);
      expect(String(error)).to.equal("Error: Interrupted.");
      expect(await templates(clients)).to.equal(0);
      expect(await listTables(clients)).to.equal("answered");
    });
  });
});

interface Bench {
  readonly clients: DrillClients;
  readonly injector: FisInjector;
}

async function withFis(use: (bench: Bench) => Promise<void>): Promise<void> {
  const cloud = await startCloud();
  const clients = awsClients({ endpoint: cloud.endpoint, region: "us-east-1" });
  try {
    await use({
      clients,
      injector: new FisInjector(clients.fis, outageTemplate, { deadlineMs: 10_000 }),
    });
  } finally {
    clients.close();
    await cloud.close();
  }
}

async function listTables({ dynamodb }: DrillClients): Promise<string> {
  return dynamodb.send(new ListTablesCommand({})).then(
    () => "answered",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

async function templates({ fis }: DrillClients): Promise<number | undefined> {
  const { experimentTemplates } = await fis.send(new ListExperimentTemplatesCommand({}));
  return experimentTemplates?.length;
}
