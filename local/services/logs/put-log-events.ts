import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";
import { groupOf, invalidParameter, streamNameOf, streamOf } from "./logs-input.ts";
import type { LogsOperation } from "./logs-operation.ts";

const maxEvents = 10_000;
const maxBatchBytes = 1_048_576;
const overheadBytes = 26;
const dayMs = 24 * 60 * 60 * 1000;

/** Limits as of the CloudWatch Logs API reference, PutLogEvents. */
export const putLogEvents: LogsOperation = (input, store, call) => {
  const group = groupOf(input, store, call);
  const stream = streamOf(group, streamNameOf(input));
  const events = readEvents(input);
  const first = events[0]?.timestampMs ?? 0;
  const last = events.at(-1)?.timestampMs ?? 0;
  if (events.some(({ timestampMs }, at) => timestampMs < (events[at - 1]?.timestampMs ?? 0)))
    throw invalidParameter(
      "Log events in a single PutLogEvents request must be in chronological order.",
    );
  if (last - first > dayMs)
    throw invalidParameter(
      "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    );
  const now = Date.now();
  const retainedMs = Math.min(14, group.retentionInDays ?? 14) * dayMs;
  const tooOld = events.filter(({ timestampMs }) => timestampMs < now - retainedMs).length;
  const tooNew = events.findIndex(({ timestampMs }) => timestampMs > now + dayMs / 12);
  const accepted = events.slice(tooOld, tooNew < 0 ? undefined : tooNew);
  for (const event of accepted) store.addEvent(group, stream, event);
  return {
    nextSequenceToken: "49590000000000000000000000000000000000000000000000000000",
    ...((tooOld > 0 || tooNew >= 0) && {
      rejectedLogEventsInfo: {
        ...(tooOld > 0 && {
          [retainedMs === 14 * dayMs ? "tooOldLogEventEndIndex" : "expiredLogEventEndIndex"]:
            tooOld,
        }),
        ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      },
    }),
  };
};

function readEvents(input: JsonInput): { message: string; timestampMs: number }[] {
  const list = input["logEvents"];
  if (!Array.isArray(list) || list.length === 0)
    throw invalidParameter("logEvents must be a list of at least one event.");
  if (list.length > maxEvents)
    throw invalidParameter(`logEvents has ${String(list.length)} events; 10000 is the most.`);
  let bytes = 0;
  const events = list.map((event: unknown) => {
    const { timestamp, message } = (event ?? {}) as Record<string, unknown>;
    if (typeof timestamp !== "number" || typeof message !== "string")
      throw new AwsError(
        "SerializationException",
        "Each of logEvents must have a timestamp, a number, and a message, a string.",
      );
    if (message === "")
      throw invalidParameter("1 validation error detected: a message must not be empty.");
    bytes += Buffer.byteLength(message) + overheadBytes;
    return { message, timestampMs: timestamp };
  });
  if (bytes > maxBatchBytes)
    throw invalidParameter(
      `Upload too large: ${String(bytes)} bytes exceeds limit of ${String(maxBatchBytes)}`,
    );
  return events;
}
