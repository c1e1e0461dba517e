import { expect } from "chai";
import fc from "fast-check";
import { createEventBuffer, type LogEvent } from "../../../local/services/logs/event-buffer.ts";
import { createLogsStore } from "../../../local/services/logs/logs-store.ts";

function event(sequence: number, length = 1): LogEvent {
  return {
    id: String(sequence).padStart(56, "0"),
    streamName: `stream-${String(sequence % 2)}`,
    timestampMs: sequence,
    ingestedAtMs: sequence,
    message: "x".repeat(length),
  };
}

describe("event buffer", () => {
  it("keeps the newest events within both of its bounds", () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 });
    fc.assert(
      fc.property(lengths, (all) => {
        const buffer = createEventBuffer({ maxEvents: 7, maxLength: 50 });
        const added = all.map((length, sequence) => event(sequence, length));
        for (const each of added) buffer.add(each);
        const kept = buffer.list();
        expect(kept).to.deep.equal(added.slice(added.length - kept.length));
        const size = kept.reduce((sum, { message }) => sum + message.length, 0);
        expect(kept.length).to.be.at.most(7);
        expect(size).to.be.at.most(50);
        const dropped = added[added.length - kept.length - 1];
        if (dropped && kept.length < 7) expect(size + dropped.message.length).to.be.greaterThan(50);
      }),
    );
  });

  it("keeps its newest event, however large", () => {
    const buffer = createEventBuffer({ maxEvents: 7, maxLength: 50 });
    buffer.add(event(1));
    buffer.add(event(2, 60));
    expect(buffer.list().map(({ timestampMs }) => timestampMs)).to.deep.equal([2]);
  });

  it("forgets a stream's events, and their length", () => {
    const buffer = createEventBuffer({ maxEvents: 7, maxLength: 50 });
    for (const sequence of [1, 2, 3]) buffer.add(event(sequence, 20));
    buffer.removeStream("stream-1");
    buffer.add(event(4, 20));
    expect(buffer.list().map(({ timestampMs }) => timestampMs)).to.deep.equal([2, 4]);
  });
});

describe("logs store", () => {
  it("makes the group and the stream of what is appended", () => {
    const store = createLogsStore({ region: "eu-west-1" });
    store.append("/aws/lambda/add", "2026/01/01/[$LATEST]1", "hello", 1000);
    const group = store.group("eu-west-1", "/aws/lambda/add");
    expect(group.arn).to.equal("arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/add");
    expect(group.events.list()).to.have.length(1);
    expect(group.streams.get("2026/01/01/[$LATEST]1")?.lastEventAtMs).to.equal(1000);
    expect(store.groups("us-east-1")).to.deep.equal([]);
  });

  it("lets the oldest appended stream go when there are too many, but none that was created", () => {
    const store = createLogsStore({ maxAppendedStreams: 2 });
    const group = store.createGroup("us-east-1", "g");
    store.createStream(group, "created");
    for (const name of ["a", "b", "c"]) store.append("g", name, name, 1000);
    expect([...group.streams.keys()]).to.deep.equal(["created", "b", "c"]);
    expect(group.events.list().map(({ message }) => message)).to.deep.equal(["b", "c"]);
  });
});
