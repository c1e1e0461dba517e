import type { LambdaResult } from "../lambda-invoker.ts";
import type { BackOff } from "./back-off.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import { failedItems } from "./failed-items.ts";
import type { GivenUpRecords } from "./give-up-records.ts";
import type { PendingRecord } from "./stream-batches.ts";

export interface StreamDeliveryArgs {
  readonly mapping: EventSourceMapping;
  readonly backOff: BackOff;
  readonly signal: AbortSignal;
  invoke(payload: string, signal: AbortSignal): Promise<LambdaResult>;
  /** Hears how old the newest record of a batch is that goes to the function, in milliseconds. */
  recordAge(ageMs: number): void;
  /** Takes records that are not tried again. */
  giveUp(records: Omit<GivenUpRecords, "shardId">): Promise<void>;
  /** Hears of records that need no work any more. */
  finished(records: readonly PendingRecord[]): void;
}

/** How often a batch has been tried. */
interface Tries {
  readonly retries: number;
  readonly invocations: number;
}

/**
 * Hands a batch to the function until it has succeeded or is given up; nothing of its lane goes on
 * before. A call that does not reach the function, as in an outage of Lambda, is no attempt of it:
 * it is made again until it does. Source: Lambda Developer Guide, "Using Lambda with DynamoDB".
 */
export async function deliverBatch(
  records: readonly PendingRecord[],
  args: StreamDeliveryArgs,
  tries: Tries = { retries: 0, invocations: 0 },
): Promise<void> {
  const { mapping, signal, backOff } = args;
  let { retries, invocations } = tries;
  let rest = records;
  for (;;) {
    rest = await withoutExpired(rest, invocations, args);
    if (rest.length === 0 || signal.aborted) return;
    const batch = rest;
    args.recordAge(Date.now() - (batch.at(-1)?.createdMs ?? 0));
    const result = await backOff.attempt(
      "invoke",
      () => args.invoke(toPayload(batch), signal),
      signal,
    );
    if (!result) continue;
    invocations += 1;
    const done = doneOf(result, batch, mapping.settings.reportBatchItemFailures);
    args.finished(batch.slice(0, done));
    rest = batch.slice(done);
    mapping.lastResult = rest.length === 0 ? "OK" : "PROBLEM: Function call failed";
    if (rest.length === 0) return;
    const { stream } = mapping.settings;
    const bisects = done === 0 && rest.length > 1 && stream?.bisectBatchOnFunctionError === true;
    const most = stream?.maximumRetryAttempts ?? -1;
    if (!bisects && most >= 0 && retries >= most) {
      await args.giveUp({ records: rest, condition: "RetryAttemptsExhausted", invocations });
      if (!signal.aborted) args.finished(rest);
      return;
    }
    await backOff.wait(signal, { call: "invoke", error: "the function failed" }, invocations);
    if (bisects) {
      // Splitting a batch is no retry.
      const half = Math.ceil(rest.length / 2);
      await deliverBatch(rest.slice(0, half), args, { retries, invocations });
      await deliverBatch(rest.slice(half), args, { retries, invocations });
      return;
    }
    retries += 1;
  }
}

function toPayload(batch: readonly PendingRecord[]): string {
  return `{"Records":[${batch.map(({ text }) => text).join(",")}]}`;
}

/** How many records of a batch, from its beginning, the function has done. */
function doneOf(
  { functionError, payload }: LambdaResult,
  batch: readonly PendingRecord[],
  reportsItems: boolean,
): number {
  if (functionError) return 0;
  if (!reportsItems) return batch.length;
  const failed = failedItems(
    payload,
    batch.map(({ sequenceNumber }) => sequenceNumber),
  );
  const first = batch.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
  return first < 0 ? batch.length : first;
}

/** Gives up the records that are too old by now, which stand at the beginning. */
async function withoutExpired(
  records: readonly PendingRecord[],
  invocations: number,
  { mapping, giveUp, finished, signal }: StreamDeliveryArgs,
): Promise<readonly PendingRecord[]> {
  const seconds = mapping.settings.stream?.maximumRecordAgeSeconds ?? -1;
  if (seconds < 0) return records;
  const oldestMs = Date.now() - seconds * 1000;
  const fresh = records.findIndex(({ createdMs }) => createdMs >= oldestMs);
  const expired = fresh < 0 ? records : records.slice(0, fresh);
  if (expired.length === 0) return records;
  await giveUp({ records: expired, condition: "RecordAgeExceeded", invocations });
  if (!signal.aborted) finished(expired);
  return records.slice(expired.length);
}
