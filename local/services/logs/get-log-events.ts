import type { LogEvent } from "./event-buffer.ts";
import {
  flagOf,
  identifiedGroupOf,
  integerOf,
  invalidParameter,
  optionalTextOf,
  streamNameOf,
  streamOf,
} from "./logs-input.ts";
import type { LogsOperation } from "./logs-operation.ts";

const maxLimit = 10_000;

/**
 * Events of one stream. A token is a direction and the id of the event at the page's edge; a page
 * without events answers the token it was asked with, which is how a client sees the end.
 * Source: CloudWatch Logs API 2014-03-28, GetLogEvents.
 */
export const getLogEvents: LogsOperation = (input, store, call) => {
  const group = identifiedGroupOf(input, store, call);
  const stream = streamOf(group, streamNameOf(input));
  const startMs = integerOf(input, "startTime") ?? 0;
  const endMs = integerOf(input, "endTime") ?? Infinity;
  const limit = integerOf(input, "limit", { min: 1, max: maxLimit }) ?? maxLimit;
  const events = group.events
    .list()
    .filter(
      ({ streamName, timestampMs }) =>
        streamName === stream.name && timestampMs >= startMs && timestampMs < endMs,
    );
  const token = readToken(optionalTextOf(input, "nextToken"));
  const page = pageOf(events, { token, limit, fromHead: flagOf(input, "startFromHead") });
  const edge = token?.id ?? "0".repeat(56);
  return {
    events: page.map(({ timestampMs, message, ingestedAtMs }) => ({
      timestamp: timestampMs,
      message,
      ingestionTime: ingestedAtMs,
    })),
    nextForwardToken: `f/${page.at(-1)?.id ?? edge}`,
    nextBackwardToken: `b/${page[0]?.id ?? edge}`,
  };
};

interface Token {
  readonly direction: string;
  readonly id: string;
}

function pageOf(
  events: readonly LogEvent[],
  { token, limit, fromHead }: { token: Token | undefined; limit: number; fromHead: boolean },
): readonly LogEvent[] {
  if (token?.direction === "f") return events.filter(({ id }) => id > token.id).slice(0, limit);
  if (token) return events.filter(({ id }) => id < token.id).slice(-limit);
  return fromHead ? events.slice(0, limit) : events.slice(-limit);
}

function readToken(text: string | undefined): Token | undefined {
  if (text === undefined) return undefined;
  const [, direction, id] = /^([fb])\/(\d{56})$/.exec(text) ?? [];
  if (direction === undefined || id === undefined)
    throw invalidParameter("The specified nextToken is invalid.");
  return { direction, id };
}
