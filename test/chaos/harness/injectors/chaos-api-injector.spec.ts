import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { awsClients } from "../../../../chaos/harness/aws-clients.ts";
import type { DrillClients } from "../../../../chaos/harness/aws-clients.ts";
import { ChaosApi } from "../../../../chaos/harness/injectors/chaos-api.ts";
import { ChaosApiInjector } from "../../../../chaos/harness/injectors/chaos-api-injector.ts";
import { startCloud } from "../../../../local/cloud.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { hideLeases } from "../../support/hide-leases.ts";
import { outageTemplate } from "../../support/templates.ts";

const region = "us-east-1";
const foreign = { service: "s3", error: { statusCode: 503, code: "SlowDown" } };

for (const leases of [true, false])
  describe(`ChaosApiInjector ${leases ? "with" : "without"} leases`, () => {
    const withChaosApi = (use: (bench: Bench) => Promise<void>) => withCloud(leases, use);

    it("has the fault in effect once it resolves, and over once it is stopped", async () => {
      await withChaosApi(async ({ api, clients }) => {
        const injection = await new ChaosApiInjector(api, outageTemplate, region).inject();
        expect(await listTables(clients)).to.equal("DynamoDbException");
        expect(await injection.stop()).to.deep.equal({ status: "taken back" });
        expect(await listTables(clients)).to.equal("answered");
      });
    });

    it("leaves rules and effects of others as they were", async () => {
      await withChaosApi(async ({ api }) => {
        await api.addFaults([foreign]);
        await api.setEffects({ latency: 7 });
        const actions = {
          latency: { actionId: "localstack:generic:api-error", parameters: { latency: "0.02" } },
        };
        const injector = new ChaosApiInjector(api, { ...outageTemplate, actions }, region);
        const injection = await injector.inject();
        expect(await api.faults()).to.have.lengthOf(leases ? 2 : 3);
        expect(await api.effects()).to.deep.equal({ latency: 27 });
        await Promise.all([injection.stop(), injection.stop()]);
        expect(await api.faults()).to.deep.equal([foreign]);
        expect(await api.effects()).to.deep.equal({ latency: 7 });
      });
    });

    it("refuses when the same rule is there already, which its undoing would take away", async () => {
      await withChaosApi(async ({ api }) => {
        const injector = new ChaosApiInjector(api, outageTemplate, region);
        await api.addFaults(injector.source.rules);
        expect((await failureOf(injector.inject())).message).to.include(
          "already has one of the rules [{",
        );
        expect(await api.faults()).to.deep.equal(injector.source.rules);
      });
    });

    it("leaves nothing behind when it is aborted", async () => {
      await withChaosApi(async ({ api, clients }) => {
        const controller = new AbortController();
        const interrupted = <T>(answer: T): T => {
          controller.abort(new Error("Interrupted."));
          return answer;
        };
        const addFaults = api.addFaults.bind(api);
        const putLease = api.putLease.bind(api);
        api.addFaults = async (rules) => interrupted(await addFaults(rules));
        api.putLease = async (owner, faults) => interrupted(await putLease(owner, faults));
        const injector = new ChaosApiInjector(api, outageTemplate, region);
        const error = await failureOf(injector.inject(controller.signal));
        expect(error.message).to.equal("Interrupted.");
        expect(await api.faults()).to.deep.equal([]);
        expect(await listTables(clients)).to.equal("answered");
      });
    });

    it("says what the Chaos API answered, and takes back what it had set", async () => {
      await withChaosApi(async ({ api }) => {
        const actions = {
          error: { actionId: "localstack:generic:api-error", parameters: { errorCode: "200" } },
        };
        const injector = new ChaosApiInjector(api, { ...outageTemplate, actions }, region);
        expect((await failureOf(injector.inject())).message).to.match(
          /^P\w+ \/_\S+ answered 400: .*must be/,
        );
        expect(await api.faults()).to.deep.equal([]);
      });
    });
  });

interface Bench {
  readonly api: ChaosApi;
  readonly clients: DrillClients;
}

async function withCloud(leases: boolean, use: (bench: Bench) => Promise<void>): Promise<void> {
  const cloud = await startCloud({ localstackActions: false });
  const clients = awsClients({ endpoint: cloud.endpoint, region });
  const plain = await hideLeases(cloud.endpoint);
  const api = new ChaosApi(leases ? cloud.endpoint : plain.endpoint, 10_000);
  try {
    await use({ api, clients });
  } finally {
    await api.close();
    await plain.close();
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
