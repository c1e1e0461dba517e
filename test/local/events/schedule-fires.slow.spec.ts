import { expect } from "chai";
import { type StartedEvents, startEvents } from "./start-events.ts";

describe("EventBridge schedules on the clock", () => {
  let cloud: StartedEvents;
  before(async () => (cloud = await startEvents()));
  after(() => cloud.close());

  it("fire with the scheduled event, and not while the rule is disabled", async function () {
    this.timeout(150_000);
    const on = await cloud.openQueue();
    const off = await cloud.openQueue();
    for (const [Name, { arn }, State] of [
      ["fires", on, "ENABLED"],
      ["rests", off, "DISABLED"],
    ] as const) {
      await cloud.events.putRule({ Name, State, ScheduleExpression: "cron(* * * * ? *)" });
      await cloud.events.putTargets({ Rule: Name, Targets: [{ Id: "q", Arn: arn }] });
    }
    const { ReceiveMessageCommand } = await import("@aws-sdk/client-sqs");
    const receive = async (QueueUrl: string, WaitTimeSeconds: number) => {
      const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds });
      return (await cloud.sqs.send(command)).Messages?.[0]?.Body;
    };
    let body: string | undefined;
    for (let tries = 0; body === undefined && tries < 7; tries++) body = await receive(on.url, 20);
    const event = JSON.parse(body ?? "{}") as Record<string, unknown>;
    expect(event).to.include({ source: "aws.events", "detail-type": "Scheduled Event" });
    expect(event["time"]).to.match(/:00Z$/);
    expect(event["resources"]).to.deep.equal(["arn:aws:events:us-east-1:000000000000:rule/fires"]);
    expect(await receive(off.url, 0)).to.equal(undefined);
  });
});
