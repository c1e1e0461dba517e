import { CloudWatchClient, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { GetResourcePolicyCommand } from "@aws-sdk/client-dynamodb";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { until } from "../fis/until.ts";
import { type Rehearsal, startRehearsal } from "./start-rehearsal.ts";

const written = "200 Product added/updated successfully.";
const queued = "200 A DynamoDB error occurred. Message sent to queue.";

interface LogRecord {
  id: string;
  log_type: string;
}

describe("the outage of AWS, rehearsed", function () {
  this.timeout(30_000);

  let rehearsal: Rehearsal;

  before(async () => {
    rehearsal = await startRehearsal();
  });

  after(() => rehearsal[Symbol.asyncDispose]());

  async function tablePolicy(): Promise<string[]> {
    const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${rehearsal.outputs.productsTableName}`;
    const { Policy } = await rehearsal.dynamodb.send(new GetResourcePolicyCommand({ ResourceArn }));
    const { Statement } = JSON.parse(Policy ?? "{}") as { Statement: { Sid: string }[] };
    return Statement.map(({ Sid }) => Sid);
  }

  it("denies the functions the table, loses no write, and leaves the table's policy as it was", async () => {
    expect(await rehearsal.post("before")).to.equal(written);
    expect(await tablePolicy()).to.deep.equal(["TlsOnly"]);

    const id = await rehearsal.start("outage");
    await until("the table's denial", async () =>
      (await tablePolicy()).includes("OutageDrill") ? true : undefined,
    );
    expect(await tablePolicy()).to.deep.equal(["TlsOnly", "OutageDrill"]);
    expect(await rehearsal.post("during")).to.equal(queued);
    expect(await rehearsal.get("before")).to.equal(503);

    await rehearsal.stop(id);
    expect((await rehearsal.experiment(id)).state?.status).to.equal("stopped");
    expect(await tablePolicy()).to.deep.equal(["TlsOnly"]);
    const { events = [] } = await new CloudWatchLogsClient(rehearsal.settings).send(
      new FilterLogEventsCommand({ logGroupName: "/aws/fis/outage-drill" }),
    );
    const records = events.map(({ message = "{}" }) => JSON.parse(message) as LogRecord);
    expect(records.map(({ log_type }) => log_type)).to.deep.equal([
      "experiment-start",
      "action-start",
      "action-end",
      "experiment-end",
    ]);
    expect(new Set(records.map((record) => record.id))).to.deep.equal(new Set([id]));
    expect(await rehearsal.post("after")).to.equal(written);
    await until("the queued write in the table", async () =>
      (await rehearsal.get("during")) === 200 ? true : undefined,
    );
  });

  for (const alarm of [
    "ProductApiFailedRequests",
    "ProductEventsDeadLetters",
    "ProductEventsOldestMessage",
  ])
    it(`is stopped by the alarm ${alarm}, and leaves the table's policy as it was`, async () => {
      const cloudwatch = new CloudWatchClient(rehearsal.settings);
      const setState = (StateValue: "ALARM" | "OK") =>
        cloudwatch.send(
          new SetAlarmStateCommand({ AlarmName: alarm, StateValue, StateReason: "a test" }),
        );
      const id = await rehearsal.start("outage");
      await setState("ALARM");
      const { reason } = await until("a stopped experiment", async () => {
        const { state } = await rehearsal.experiment(id);
        return state?.status === "stopped" ? state : undefined;
      });
      await setState("OK");
      expect(reason).to.contain(alarm);
      expect(await tablePolicy()).to.deep.equal(["TlsOnly"]);
    });
});
