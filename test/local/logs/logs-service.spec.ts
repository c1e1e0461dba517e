import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  paginateFilterLogEvents,
  PutLogEventsCommand,
  PutLogGroupDeletionProtectionCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { createLogsService } from "../../../local/services/logs/logs-service.ts";
import { createLogsStore } from "../../../local/services/logs/logs-store.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { serveServices, type ServedServices } from "../../support/serve-services.ts";

const dayMs = 24 * 60 * 60 * 1000;

describe("CloudWatch Logs", () => {
  const store = createLogsStore();
  let served: ServedServices;
  let logs: CloudWatchLogsClient;
  before(async () => {
    served = await serveServices([createLogsService(store)]);
    logs = new CloudWatchLogsClient(clientSettings(served.endpoint));
  });
  after(async () => {
    logs.destroy();
    await served.close();
  });

  async function createGroup(): Promise<string> {
    const logGroupName = `/test/${randomUUID()}`;
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    return logGroupName;
  }

  async function createStream(logStreamName = "stream") {
    const logGroupName = await createGroup();
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    return { logGroupName, logStreamName };
  }

  async function describeGroup(logGroupNamePrefix: string) {
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    return logGroups?.[0];
  }

  describe("log groups", () => {
    it("come back as they were made", async () => {
      const name = await createGroup();
      const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${name}`;
      const group = await describeGroup(name);
      expect(group).to.include({
        logGroupName: name,
        logGroupArn: arn,
        arn: `${arn}:*`,
        logGroupClass: "STANDARD",
        storedBytes: 0,
      });
      expect(group).not.to.have.property("retentionInDays");
      const twice = await failureOf(logs.send(new CreateLogGroupCommand({ logGroupName: name })));
      expect(twice.name).to.equal("ResourceAlreadyExistsException");
    });

    it("are found by prefix and by a part of the name, page by page", async () => {
      const part = randomUUID();
      for (const letter of ["b", "a", "c"])
        await logs.send(new CreateLogGroupCommand({ logGroupName: `/${letter}/${part}` }));
      const query = { logGroupNamePattern: part.toUpperCase(), limit: 2 };
      const first = await logs.send(new DescribeLogGroupsCommand(query));
      const names = (page: typeof first) => page.logGroups?.map(({ logGroupName }) => logGroupName);
      expect(names(first)).to.deep.equal([`/a/${part}`, `/b/${part}`]);
      const { nextToken } = first;
      const second = await logs.send(new DescribeLogGroupsCommand({ ...query, nextToken }));
      expect(names(second)).to.deep.equal([`/c/${part}`]);
      expect(second.nextToken).to.equal(undefined);
    });

    it("keep events for as long as they are told, of the lengths that AWS has", async () => {
      const logGroupName = await createGroup();
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }));
      expect((await describeGroup(logGroupName))?.retentionInDays).to.equal(14);
      const other = new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 });
      expect((await failureOf(logs.send(other))).name).to.equal("InvalidParameterException");
      await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
      expect((await describeGroup(logGroupName))?.retentionInDays).to.equal(undefined);
    });

    it("have tags, by ARN without :* and by name", async () => {
      const logGroupName = `/tagged/${randomUUID()}`;
      await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { team: "red" } }));
      const resourceArn = (await describeGroup(logGroupName))?.logGroupArn ?? "";
      await logs.send(new TagResourceCommand({ resourceArn, tags: { stage: "dev" } }));
      const byArn = await logs.send(new ListTagsForResourceCommand({ resourceArn }));
      expect(byArn.tags).to.deep.equal({ team: "red", stage: "dev" });
      await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ["team"] }));
      const byName = await logs.send(new ListTagsLogGroupCommand({ logGroupName }));
      expect(byName.tags).to.deep.equal({ stage: "dev" });
      const star = new ListTagsForResourceCommand({ resourceArn: `${resourceArn}:*` });
      expect((await failureOf(logs.send(star))).name).to.equal("ResourceNotFoundException");
    });

    it("are deleted, unless they are protected", async () => {
      const logGroupName = await createGroup();
      const protect = (deletionProtectionEnabled: boolean) =>
        logs.send(
          new PutLogGroupDeletionProtectionCommand({
            logGroupIdentifier: logGroupName,
            deletionProtectionEnabled,
          }),
        );
      await protect(true);
      const remove = new DeleteLogGroupCommand({ logGroupName });
      expect((await failureOf(logs.send(remove))).name).to.equal("ValidationException");
      await protect(false);
      await logs.send(remove);
      const gone = await failureOf(logs.send(remove));
      expect(gone.name).to.equal("ResourceNotFoundException");
      expect(gone.message).to.equal("The specified log group does not exist.");
      expect(gone.$metadata?.httpStatusCode).to.equal(400);
    });

    it("are refused with a bad name or a key", async () => {
      const create = (extra: object) =>
        failureOf(logs.send(new CreateLogGroupCommand({ logGroupName: "/x", ...extra })));
      expect((await create({ logGroupName: "a b" })).message).to.include("'logGroupName'");
      expect((await create({ kmsKeyId: "arn:aws:kms:x" })).message).to.include("kmsKeyId");
      expect((await create({ logGroupClass: "BEST" })).message).to.include("'logGroupClass'");
    });
  });

  describe("log streams", () => {
    it("are listed by name or by their last event", async () => {
      const { logGroupName } = await createStream("b");
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "a" }));
      const logEvents = [{ timestamp: Date.now(), message: "x" }];
      await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: "b", logEvents }));
      const list = async (query: object) => {
        const page = await logs.send(new DescribeLogStreamsCommand({ logGroupName, ...query }));
        return page.logStreams?.map(({ logStreamName }) => logStreamName);
      };
      expect(await list({})).to.deep.equal(["a", "b"]);
      expect(await list({ orderBy: "LastEventTime", descending: true })).to.deep.equal(["b", "a"]);
      expect(await list({ logStreamNamePrefix: "b" })).to.deep.equal(["b"]);
      const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
      expect(logStreams?.[1]?.lastEventTimestamp).to.equal(logEvents[0]?.timestamp);
    });

    it("take their events with them", async () => {
      const stream = await createStream();
      const { logGroupName } = stream;
      const logEvents = [{ timestamp: Date.now(), message: "x" }];
      await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
      await logs.send(new DeleteLogStreamCommand(stream));
      const found = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      expect(found.events).to.deep.equal([]);
      const put = new PutLogEventsCommand({ ...stream, logEvents });
      expect((await failureOf(logs.send(put))).message).to.equal(
        "The specified log stream does not exist.",
      );
    });
  });

  describe("log events", () => {
    it("are read from either end, page by page, until a token comes back as it was", async () => {
      const stream = await createStream();
      const start = Date.now();
      const logEvents = ["1", "2", "3", "4", "5"].map((message) => ({ timestamp: start, message }));
      await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
      const read = async (query: object) => {
        const page = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2, ...query }));
        return { ...page, text: page.events?.map(({ message }) => message).join("") };
      };
      const head = await read({ startFromHead: true });
      expect(head.text).to.equal("12");
      const next = await read({ nextToken: head.nextForwardToken });
      expect(next.text).to.equal("34");
      const last = await read({ nextToken: next.nextForwardToken });
      expect(last.text).to.equal("5");
      const end = await read({ nextToken: last.nextForwardToken });
      expect(end.text).to.equal("");
      expect(end.nextForwardToken).to.equal(last.nextForwardToken);
      const tail = await read({});
      expect(tail.text).to.equal("45");
      expect((await read({ nextToken: tail.nextBackwardToken })).text).to.equal("23");
      expect((await read({ endTime: start })).text).to.equal("");
      const nonsense = await failureOf(read({ nextToken: "f/1" }));
      expect(nonsense.message).to.equal("The specified nextToken is invalid.");
    });

    it("are filtered by stream, time and pattern over a whole group", async () => {
      const { logGroupName } = await createStream("a/1");
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "b/1" }));
      const start = Date.now() - 1000;
      const put = (logStreamName: string, ...messages: string[]) =>
        logs.send(
          new PutLogEventsCommand({
            logGroupName,
            logStreamName,
            logEvents: messages.map((message, at) => ({ timestamp: start + at, message })),
          }),
        );
      await put("a/1", "START", "ERROR one");
      await put("b/1", "ERROR two", "END");
      const filter = async (query: object) => {
        const texts: string[] = [];
        const input = { logGroupName, ...query };
        for await (const page of paginateFilterLogEvents({ client: logs, pageSize: 1 }, input))
          for (const found of page.events ?? [])
            texts.push(`${String(found.logStreamName)} ${String(found.message)}`);
        return texts;
      };
      expect(await filter({ filterPattern: "ERROR" })).to.deep.equal([
        "b/1 ERROR two",
        "a/1 ERROR one",
      ]);
      expect(await filter({ logStreamNames: ["a/1"] })).to.have.length(2);
      expect(await filter({ logStreamNamePrefix: "b/" })).to.have.length(2);
      expect(await filter({ startTime: start + 1 })).to.have.length(2);
      expect(await filter({ endTime: start })).to.have.length(2);
      const json = await failureOf(filter({ filterPattern: "{ $.level = ERROR }" }));
      expect(json.name).to.equal("InvalidParameterException");
    });

    it("are rejected when too old or too new, and the others kept", async () => {
      const stream = await createStream();
      const put = (...timestamps: number[]) =>
        logs.send(
          new PutLogEventsCommand({
            ...stream,
            logEvents: timestamps.map((timestamp) => ({ timestamp, message: "x" })),
          }),
        );
      const now = Date.now();
      const old = await put(now - 14.5 * dayMs, now - 14 * dayMs + 60_000);
      expect(old.rejectedLogEventsInfo).to.deep.equal({ tooOldLogEventEndIndex: 1 });
      const early = await put(now, now + 3 * 60 * 60 * 1000);
      expect(early.rejectedLogEventsInfo).to.deep.equal({ tooNewLogEventStartIndex: 1 });
      const kept = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true }));
      expect(kept.events).to.have.length(2);
      expect((await failureOf(put(now, now - 1))).message).to.include("in chronological order");
      expect((await failureOf(put(now - 2 * dayMs, now))).message).to.include("24 hours");
      expect((await failureOf(put())).message).to.include("at least one event");
    });
  });
});
