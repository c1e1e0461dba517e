import { compileFilterPattern } from "./filter-pattern.ts";
import {
  flagOf,
  identifiedGroupOf,
  integerOf,
  invalidParameter,
  optionalTextOf,
  streamOf,
  textsOf,
} from "./logs-input.ts";
import type { LogsOperation } from "./logs-operation.ts";

const maxLimit = 10_000;
/** Source: CloudWatch Logs API, FilterLogEvents, `startFromHead`. */
const latestFirstSinceMs = Date.UTC(2024, 0, 1);

/** Events of a group by stream, time and pattern. Source: CloudWatch Logs API, FilterLogEvents. */
export const filterLogEvents: LogsOperation = (input, store, call) => {
  const group = identifiedGroupOf(input, store, call);
  const names = textsOf(input, "logStreamNames");
  const prefix = optionalTextOf(input, "logStreamNamePrefix");
  if (names && prefix !== undefined)
    throw invalidParameter(
      "LogStream name prefix and LogStream names are mutually exclusive parameters.",
    );
  for (const name of names ?? []) streamOf(group, name);
  const startMs = integerOf(input, "startTime") ?? 0;
  const endMs = integerOf(input, "endTime") ?? Infinity;
  const limit = integerOf(input, "limit", { min: 1, max: maxLimit }) ?? maxLimit;
  const matches = compileFilterPattern(optionalTextOf(input, "filterPattern") ?? "");
  const after = readToken(optionalTextOf(input, "nextToken"));
  const fromHead = input["startFromHead"] === undefined || flagOf(input, "startFromHead");
  if (!fromHead && startMs < latestFirstSinceMs)
    throw invalidParameter(
      "startFromHead can be false only with a startTime of 2024-01-01 or later.",
    );
  const found = group.events
    .list()
    .filter(
      ({ id, streamName, timestampMs, message }) =>
        (after === "" || (fromHead ? id > after : id < after)) &&
        timestampMs >= startMs &&
        timestampMs <= endMs &&
        (names?.includes(streamName) ?? streamName.startsWith(prefix ?? "")) &&
        matches(message),
    );
  if (!fromHead) found.reverse();
  const page = found.slice(0, limit);
  return {
    events: page.map((event) => ({
      logStreamName: event.streamName,
      timestamp: event.timestampMs,
      message: event.message,
      ingestionTime: event.ingestedAtMs,
      eventId: event.id,
    })),
    searchedLogStreams: [],
    ...(found.length > limit && { nextToken: page.at(-1)?.id }),
  };
};

/** The id of the last event of the page before, which need not be there any more. */
function readToken(token: string | undefined): string {
  if (token === undefined) return "";
  if (/^\d{56}$/.test(token)) return token;
  throw invalidParameter("The specified nextToken is invalid.");
}
