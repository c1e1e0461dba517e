import { expect } from "chai";
import { BackOff } from "../../../local/services/lambda/event-source-mapping/back-off.ts";
import type { EventSourceMapping } from "../../../local/services/lambda/event-source-mapping/event-source-mapping.ts";
import { readSettings } from "../../../local/services/lambda/event-source-mapping/read-settings.ts";
import type { PendingRecord } from "../../../local/services/lambda/event-source-mapping/stream-batches.ts";
import { deliverBatch } from "../../../local/services/lambda/event-source-mapping/stream-delivery.ts";

const sourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s";

describe("deliverBatch", () => {
  it("gives up what is older than MaximumRecordAgeInSeconds, and hands on the rest", async () => {
    const input = { StartingPosition: "TRIM_HORIZON", MaximumRecordAgeInSeconds: 60 };
    const mapping: EventSourceMapping = {
      ...{ uuid: "1", arn: "arn", region: "us-east-1", sourceArn, tags: new Map() },
      ...{ functionArn: "arn", lastModified: new Date(), lastResult: "", position: undefined },
      settings: readSettings(input, "stream"),
    };
    const record = (sequenceNumber: string, ageSeconds: number): PendingRecord => ({
      ...{ sequenceNumber, partition: "p", text: `"${sequenceNumber}"` },
      createdMs: Date.now() - ageSeconds * 1000,
    });
    const invoked: string[] = [];
    const givenUp: string[] = [];
    const finished: string[] = [];
    await deliverBatch([record("1", 200), record("2", 61), record("3", 30), record("4", 0)], {
      ...{ mapping, signal: new AbortController().signal },
      backOff: new BackOff(() => undefined, sourceArn),
      recordAge: () => undefined,
      invoke: (payload) => {
        invoked.push(payload);
        return Promise.resolve({ payload: "null" });
      },
      giveUp: ({ records, condition, invocations }) => {
        givenUp.push(...records.map((each) => each.sequenceNumber), condition, String(invocations));
        return Promise.resolve();
      },
      finished: (records) => {
        finished.push(...records.map((each) => each.sequenceNumber));
      },
    });
    expect(givenUp).to.deep.equal(["1", "2", "RecordAgeExceeded", "0"]);
    expect(invoked).to.deep.equal(['{"Records":["3","4"]}']);
    expect(finished).to.deep.equal(["1", "2", "3", "4"]);
  });
});
