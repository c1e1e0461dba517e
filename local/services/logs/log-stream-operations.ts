import type { LogStream } from "./log-group.ts";
import {
  broken,
  flagOf,
  groupOf,
  identifiedGroupOf,
  invalidParameter,
  optionalTextOf,
  streamNameOf,
  streamOf,
} from "./logs-input.ts";
import type { LogsOperation } from "./logs-operation.ts";
import { pageOf } from "./page.ts";

/** Source: CloudWatch Logs API 2014-03-28. */
export const logStreamOperations: Readonly<Record<string, LogsOperation>> = {
  CreateLogStream(input, store, call) {
    store.createStream(groupOf(input, store, call), streamNameOf(input));
  },

  DeleteLogStream(input, store, call) {
    const group = groupOf(input, store, call);
    store.deleteStream(group, streamOf(group, streamNameOf(input)).name);
  },

  DescribeLogStreams(input, store, call) {
    const group = identifiedGroupOf(input, store, call);
    const prefix = optionalTextOf(input, "logStreamNamePrefix");
    const orderBy = optionalTextOf(input, "orderBy") ?? "LogStreamName";
    if (orderBy !== "LogStreamName" && orderBy !== "LastEventTime")
      throw broken(
        "orderBy",
        orderBy,
        "Member must satisfy enum value set: [LogStreamName, LastEventTime]",
      );
    if (orderBy === "LastEventTime" && prefix !== undefined)
      throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
    const keyOf = (stream: LogStream): string =>
      orderBy === "LogStreamName"
        ? stream.name
        : `${String(stream.lastEventAtMs ?? 0).padStart(20, "0")} ${stream.name}`;
    const streams = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(prefix ?? ""))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    const descending = flagOf(input, "descending");
    if (descending) streams.reverse();
    const { items, ...next } = pageOf(input, streams, { keyOf, maxLimit: 50, descending });
    return { logStreams: items.map(describe), ...next };
  },
};

function describe(stream: LogStream) {
  return {
    logStreamName: stream.name,
    arn: stream.arn,
    creationTime: stream.createdAtMs,
    firstEventTimestamp: stream.firstEventAtMs,
    lastEventTimestamp: stream.lastEventAtMs,
    lastIngestionTime: stream.lastIngestedAtMs,
    // AWS ignores sequence tokens since 2023, yet answers one.
    uploadSequenceToken: "49590000000000000000000000000000000000000000000000000000",
    storedBytes: 0,
  };
}
