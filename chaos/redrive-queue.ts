import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  QueueDoesNotExist,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import type { ListMessageMoveTasksResultEntry, SQSClient } from "@aws-sdk/client-sqs";
import { isEmpty, queueDepth } from "./probes/queue-depth.ts";
import { until } from "./harness/until.ts";

export interface QueueUrls {
  readonly productEventsQueueUrl?: string;
  readonly productEventsDeadLetterQueueUrl?: string;
}

export interface RedriveOptions {
  /** Without them the queues are found by the names that the program gives them. */
  readonly urls?: QueueUrls;
  readonly deadlineMs: number;
}

/** Statuses of a move task that is not over. Source: SQS API, ListMessageMoveTasks. */
const unfinished = ["RUNNING", "CANCELLING"];

/**
 * Moves every message of the dead-letter queue back to the queue.
 *
 * @returns how many were moved
 * @throws Error when a queue is not there, or the move did not complete
 */
export async function redriveQueue(sqs: SQSClient, options: RedriveOptions): Promise<number> {
  const { urls = {}, deadlineMs } = options;
  const from = urls.productEventsDeadLetterQueueUrl ?? (await find(sqs, "DeadLetterQueue"));
  const to = urls.productEventsQueueUrl ?? (await find(sqs, "Queue"));
  if (isEmpty(await queueDepth(sqs, from))) return 0;
  const SourceArn = await arnOf(sqs, from);
  await sqs.send(
    new StartMessageMoveTaskCommand({ SourceArn, DestinationArn: await arnOf(sqs, to) }),
  );
  const task = await until<ListMessageMoveTasksResultEntry>(
    "every dead letter has been moved",
    async (signal) => {
      const { Results = [] } = await sqs.send(
        new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }),
        { abortSignal: signal },
      );
      return Results[0] ?? {};
    },
    {
      deadlineMs,
      intervalMs: 100,
      accept: ({ Status = "" }) => Status !== "" && !unfinished.includes(Status),
    },
  );
  const moved = task.ApproximateNumberOfMessagesMoved ?? 0;
  if (task.Status === "COMPLETED") return moved;
  throw new Error(
    `The move ended as ${String(task.Status)} after ${String(moved)} messages` +
      `${task.FailureReason ? `: ${task.FailureReason}` : ""}.`,
  );
}

async function find(sqs: SQSClient, suffix: string): Promise<string> {
  const QueueName = `ProductEvents${suffix}`;
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    if (QueueUrl) return QueueUrl;
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
  }
  throw new Error(`There is no queue ${QueueName}; deploy the stack with its write buffer.`);
}

async function arnOf(sqs: SQSClient, queueUrl: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }),
  );
  const arn = Attributes?.["QueueArn"];
  if (!arn) throw new Error(`The queue ${queueUrl} has no ARN.`);
  return arn;
}
