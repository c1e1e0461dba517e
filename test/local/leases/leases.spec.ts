import {
  CreateExperimentTemplateCommand,
  FisClient,
  GetExperimentCommand,
  StartExperimentCommand,
  TagResourceCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { until } from "../../../chaos/harness/until.ts";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { outageTemplate } from "../../chaos/support/templates.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

const rule = { service: "dynamodb", error: { statusCode: 503, code: "SlowDown" } };
const foreign = { service: "s3", probability: 0.5 };

describe("leases on faults", () => {
  let cloud: Cloud;

  beforeEach(async () => {
    cloud = await startCloud();
  });

  afterEach(() => cloud.close());

  it("put faults into force and remove exactly those at their end", async () => {
    await send("POST", "_localstack/chaos/faults", [foreign]);
    await send("POST", "_localstack/chaos/effects", { latency: 3 });
    const put = await send("PUT", "_outage-drill/leases/me", {
      seconds: 60,
      faults: [rule],
      latency: 4,
    });
    expect(put.body).to.deep.include({ owner: "me", faults: [rule], latency: 4, seconds: 60 });
    expect(await faults()).to.deep.equal([foreign, rule]);
    expect((await send("GET", "_localstack/chaos/effects")).body).to.deep.equal({ latency: 7 });
    expect((await send("DELETE", "_outage-drill/leases/me")).status).to.equal(200);
    expect(await faults()).to.deep.equal([foreign]);
    expect((await send("GET", "_localstack/chaos/effects")).body).to.deep.equal({ latency: 3 });
    expect((await send("DELETE", "_outage-drill/leases/me")).status).to.equal(404);
  });

  it("end when nobody renews them, and not while somebody does", async () => {
    await send("PUT", "_outage-drill/leases/short", { seconds: 0.3, faults: [rule], latency: 0 });
    await send("PUT", "_outage-drill/leases/renewed", { seconds: 0.3, faults: [foreign] });
    await send("PUT", "_outage-drill/leases/renewed", { seconds: 60 });
    await until("the lease has ended", async () => (await faults()).length === 1, {
      deadlineMs: 10_000,
    });
    expect(await faults()).to.deep.equal([foreign]);
    const renewal = await send("PUT", "_outage-drill/leases/short", { seconds: 60 });
    expect(renewal.status).to.equal(404);
  });

  it("leave a latency alone that somebody else has set since", async () => {
    await send("PUT", "_outage-drill/leases/me", { seconds: 60, latency: 4 });
    await send("POST", "_localstack/chaos/effects", { latency: 9 });
    expect((await send("DELETE", "_outage-drill/leases/me")).body).to.include({ latency: 0 });
    expect((await send("GET", "_localstack/chaos/effects")).body).to.deep.equal({ latency: 9 });
  });

  it("refuse what is invalid and change nothing", async () => {
    const cases: [string, string, unknown, number][] = [
      ["PUT", "me", { seconds: 0 }, 400],
      ["PUT", "me", { seconds: 60, faults: [{ service: "!" }] }, 400],
      ["PUT", "me", { seconds: 60, more: 1 }, 400],
      ["PUT", "%", { seconds: 60 }, 400],
      ["POST", "me", {}, 405],
    ];
    for (const [method, owner, body, status] of cases)
      expect((await send(method, `_outage-drill/leases/${owner}`, body)).status).to.equal(status);
    expect((await send("GET", "_outage-drill/leases")).body).to.deep.equal({ leases: [] });
  });

  it("of an experiment end it as stopped, with its owner in the reason", async () => {
    const fis = new FisClient(clientSettings(cloud.endpoint));
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({ clientToken: "t", ...outageTemplate }),
    );
    const start = (leaseUntil: string) =>
      fis.send(
        new StartExperimentCommand({
          experimentTemplateId: experimentTemplate?.id,
          tags: { "outage-drill:owner": "me", "outage-drill:lease-until": leaseUntil },
        }),
      );
    const soon = () => new Date(Date.now() + 1_000).toISOString();
    expect((await failureOf(start("soon"))).message).to.include("must be an ISO 8601 time");
    const { experiment: left } = await start(soon());
    const { experiment: renewed } = await start(soon());
    await fis.send(
      new TagResourceCommand({
        resourceArn: `arn:aws:fis:us-east-1:000000000000:experiment/${String(renewed?.id)}`,
        tags: { "outage-drill:lease-until": new Date(Date.now() + 60_000).toISOString() },
      }),
    );
    const stateOf = async (id?: string) =>
      (await fis.send(new GetExperimentCommand({ id }))).experiment?.state;
    const state = await until("it has ended", () => stateOf(left?.id), {
      deadlineMs: 10_000,
      accept: (seen) => seen?.status === "stopped",
    });
    expect(state?.reason).to.match(/^The lease of this experiment ended at 20\S+Z .*\(me\)/);
    expect((await stateOf(renewed?.id))?.status).to.equal("running");
    fis.destroy();
  });

  async function faults(): Promise<unknown[]> {
    return (await send("GET", "_localstack/chaos/faults")).body as unknown[];
  }

  async function send(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${cloud.endpoint}/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  }
});
