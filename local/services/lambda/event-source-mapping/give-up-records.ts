import type { ServiceCaller } from "../../../service-caller.ts";
import { readArn } from "../../../wire/arn.ts";
import { createRequestId } from "../../../wire/request-id.ts";
import type { PendingRecord } from "./stream-batches.ts";

/** Records that a mapping does not try again. */
export interface GivenUpRecords {
  readonly records: readonly PendingRecord[];
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  /** How often the function had been invoked with them. */
  readonly invocations: number;
  readonly shardId: string;
}

export interface GiveUpArgs {
  /** Calls SQS or SNS as the function's role. */
  readonly call: ServiceCaller;
  readonly destinationArn: string;
  readonly roleArn: string;
  readonly functionArn: string;
  readonly streamArn: string;
}

/**
 * Tells a queue or topic of records that were given up: which ones, not what is in them.
 * Source: Lambda Developer Guide, "Retain discarded batch records for a DynamoDB event source".
 */
export async function tellOfGivenUp(
  { records, condition, invocations, shardId }: GivenUpRecords,
  { call, destinationArn, roleArn, functionArn, streamArn }: GiveUpArgs,
  signal: AbortSignal,
): Promise<void> {
  const [first] = records;
  const last = records.at(-1);
  if (!first || !last) return;
  const message = JSON.stringify({
    requestContext: {
      requestId: createRequestId(),
      functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    ...(invocations > 0 && {
      responseContext: {
        statusCode: 200,
        executedVersion: "$LATEST",
        functionError: "Unhandled",
      },
    }),
    version: "1.0",
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first.createdMs).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.createdMs).toISOString(),
      batchSize: records.length,
      streamArn,
    },
  });
  const { service, region, accountId, resource } = readArn(destinationArn);
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${accountId}/${resource}`;
  await call({
    ...{ service, region, roleArn, signal },
    ...(service === "sqs"
      ? { operation: "SendMessage", input: { QueueUrl, MessageBody: message } }
      : { operation: "Publish", input: { TopicArn: destinationArn, Message: message } }),
  });
}
