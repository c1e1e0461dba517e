import { CreateExperimentTemplateCommand, StartExperimentCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { CannotRunError } from "../../../chaos/cannot-run-error.ts";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import { ChaosApi } from "../../../chaos/harness/injectors/chaos-api.ts";
import { ChaosApiInjector } from "../../../chaos/harness/injectors/chaos-api-injector.ts";
import { latencyMark } from "../../../chaos/harness/injectors/rule-marks.ts";
import { formatOwner, newOwner } from "../../../chaos/ownership/drill-owner.ts";
import type { DrillOwner } from "../../../chaos/ownership/drill-owner.ts";
import { ownerTags } from "../../../chaos/ownership/owner-tags.ts";
import { claimStack } from "../../../chaos/preflight/claim-stack.ts";
import { preflight } from "../../../chaos/preflight/preflight.ts";
import { stopDrills } from "../../../chaos/preflight/stop-drills.ts";
import { startCloud } from "../../../local/cloud.ts";
import type { Cloud } from "../../../local/cloud.ts";
import { failureOf } from "../../support/failure-of.ts";
import { hideLeases } from "../support/hide-leases.ts";
import { outageTemplate } from "../support/templates.ts";
import { nothing, whatDrillsLeft } from "../support/what-drills-left.ts";

const rule = { service: "dynamodb", error: { statusCode: 503, code: "SlowDown" } };

describe("before a drill begins", () => {
  let cloud: Cloud;
  let clients: ReturnType<typeof awsClients>;
  let chaosApi: ChaosApi;

  beforeEach(async () => {
    cloud = await startCloud();
    clients = awsClients({ endpoint: cloud.endpoint, region: "us-east-1" });
    chaosApi = new ChaosApi(cloud.endpoint, 10_000);
  });

  afterEach(async () => {
    clients.close();
    await chaosApi.close();
    await cloud.close();
  });

  it("removes what a drill left that has ended, and names it", async () => {
    await leaveEverything(dead());
    const said: string[] = [];
    await preflight(faultCloud(), { owner: newOwner(), say: (line) => said.push(line) });
    expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
    expect(said).to.have.lengthOf(5);
    for (const line of said) expect(line).to.match(/^Removed what drill \S+ \(process \d+ on /);
  });

  it("leaves alone what a drill has there that runs, and names it", async () => {
    const other = newOwner();
    await leaveEverything(other);
    const error = await refusal();
    expect(error.message).to.match(
      new RegExp(`^Another drill has this stack: drill ${other.id} \\(process .* kill -INT`),
    );
    expect(await whatDrillsLeft(cloud.endpoint)).not.to.deep.equal(nothing);
  });

  it("names an experiment, rules and a latency that no drill has put there, and leaves them", async () => {
    const id = await startOutage({});
    expect((await refusal()).message)
      .to.include(`FIS experiment ${id} `)
      .and.to.include(`aws fis stop-experiment --id ${id} --endpoint-url ${cloud.endpoint}`);
    const report = await stopDrills(faultCloud());
    expect(report.lines[0]).to.equal("Drills have left nothing on this stack.");
    expect((await whatDrillsLeft(cloud.endpoint)).activeExperiments).to.deep.equal([id]);
  });

  for (const [what, put] of [
    ['the rule {"service":"dynamodb"', (api: ChaosApi) => api.addFaults([rule])],
    ["7 ms of latency", (api: ChaosApi) => api.setEffects({ latency: 7 })],
  ] as const)
    it(`names ${what} of nobody`, async () => {
      await put(chaosApi);
      expect((await refusal()).message)
        .to.include(what)
        .and.to.include("curl -X ");
    });

  it("lets one of two drills have the stack, also while it injects nothing", async () => {
    const first = await claimStack(faultCloud(), newOwner());
    expect((await refusal()).message).to.include("Another drill has this stack");
    expect(await failureOf(claimStack(faultCloud(), newOwner()))).to.be.instanceOf(CannotRunError);
    await first.release();
    await preflight(faultCloud(), { owner: newOwner(), say: () => undefined });
    expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
  });

  it("recognises its claim and its latency by rules where there are no leases", async () => {
    const plain = await hideLeases(cloud.endpoint);
    const api = new ChaosApi(plain.endpoint, 10_000);
    const other = { fis: clients.fis, chaosApi: api, endpoint: plain.endpoint };
    const claim = await claimStack(other, newOwner());
    const begun = preflight(other, { owner: newOwner(), say: () => undefined });
    expect((await failureOf(begun)).message).to.include("Another drill has this stack");
    await claim.release();
    await claimStack(other, dead());
    const latency = {
      localstackLatency: {
        actionId: "localstack:generic:latency",
        parameters: { latencyMilliseconds: "5" },
      },
    };
    const template = { ...outageTemplate, actions: latency };
    await new ChaosApiInjector(api, template, "us-east-1", { owner: dead() }).inject();
    const said: string[] = [];
    await preflight(other, { owner: newOwner(), say: (line) => said.push(line) });
    expect(said.join("\n")).to.include("5 ms of latency of the Chaos API").and.include("Claim");
    expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
    await api.close();
    await plain.close();
  });

  it("removes with --stop all that drills have left, and nothing of others", async () => {
    await leaveEverything(dead());
    await chaosApi.addFaults([rule]);
    const report = await stopDrills(faultCloud());
    expect(report.isClean).to.be.true;
    expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal({ ...nothing, faults: [rule] });
    expect((await stopDrills(faultCloud())).lines[0]).to.equal(
      "Drills have left nothing on this stack.",
    );
  });

  function faultCloud() {
    return { fis: clients.fis, chaosApi, endpoint: cloud.endpoint };
  }

  async function refusal(): Promise<Error> {
    const error = await failureOf(
      preflight(faultCloud(), { owner: newOwner(), say: () => undefined }),
    );
    expect(error).to.be.instanceOf(CannotRunError);
    expect(error.message).not.to.include("\n");
    return error;
  }

  /** Of a process that there was: this one, at another start. */
  function dead(): DrillOwner {
    return { ...newOwner(), processStart: "00000000-1" };
  }

  async function startOutage(tags: Record<string, string>): Promise<string> {
    const { fis } = clients;
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({ clientToken: randomUUID(), ...outageTemplate, tags }),
    );
    const { experiment } = await fis.send(
      new StartExperimentCommand({ experimentTemplateId: experimentTemplate?.id, tags }),
    );
    return experiment?.id ?? "";
  }

  /** An experiment, a template, a rule, a latency with its mark, and a lease. */
  async function leaveEverything(owner: DrillOwner): Promise<void> {
    const text = formatOwner(owner);
    await startOutage(ownerTags(owner));
    await chaosApi.addFaults([
      { ...rule, description: text },
      latencyMark(text, { added: 5, before: 0 }),
    ]);
    await chaosApi.setEffects({ latency: 5 });
    await chaosApi.putLease(text, { faults: [], latency: 0 });
  }
});
