import { randomUUID } from "node:crypto";
import { setImmediate as immediate, setTimeout as delay } from "node:timers/promises";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput, JsonOperation } from "../json-service.ts";
import { sourcesOf } from "./list-queues.ts";
import type { Queue } from "./queue.ts";
import type { QueueRegistry } from "./queue-registry.ts";
import { queueNowMs } from "./store/stored-message.ts";

type Status = "RUNNING" | "COMPLETED" | "CANCELLING" | "CANCELLED" | "FAILED";

interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string;
  readonly maxPerSecond: number | undefined;
  readonly startedAtMs: number;
  readonly toMove: number;
  moved: number;
  status: Status;
  failureReason?: string;
}

/** While a message is moved, nobody else is to receive it. */
const moveVisibilityMs = 30_000;

/**
 * Redrive: moves the messages of a dead-letter queue to another queue.
 * Source: SQS API, StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask.
 */
export function createMessageMoveTasks(queues: QueueRegistry): {
  readonly operations: Readonly<Record<string, JsonOperation>>;
  close(): Promise<void>;
} {
  const tasks: MoveTask[] = [];
  const running = new Set<Promise<void>>();
  const stop = new AbortController();

  function find(arn: string): Queue {
    const queue = queues.byArn(arn);
    if (queue) return queue;
    throw new AwsError(
      "ResourceNotFoundException",
      `The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist: ${arn}`,
      404,
    );
  }

  const operations: Record<string, JsonOperation> = {
    StartMessageMoveTask(input) {
      const sourceArn = arnOf(input, "SourceArn");
      if (tasks.some((task) => task.sourceArn === sourceArn && task.status === "RUNNING"))
        throw new AwsError(
          "UnsupportedOperation",
          "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
        );
      const sources = sourcesOf(queues, find(sourceArn).arn);
      const [first] = sources;
      if (!first)
        throw new AwsError(
          "InvalidParameterValue",
          "Source queue must be configured as a Dead Letter Queue.",
        );
      const destinationArn =
        input["DestinationArn"] === undefined ? first.arn : arnOf(input, "DestinationArn");
      find(destinationArn);
      const rate = input["MaxNumberOfMessagesPerSecond"];
      const task: MoveTask = {
        handle: Buffer.from(`${randomUUID()}:${sourceArn}`).toString("base64"),
        sourceArn,
        destinationArn,
        maxPerSecond: typeof rate === "number" ? rate : undefined,
        startedAtMs: queueNowMs(),
        toMove: find(sourceArn).messages.counts().visible,
        moved: 0,
        status: "RUNNING",
      };
      tasks.unshift(task);
      const moving = move(task, queues, stop.signal).finally(() => running.delete(moving));
      running.add(moving);
      return { TaskHandle: task.handle };
    },

    ListMessageMoveTasks(input) {
      const sourceArn = arnOf(input, "SourceArn");
      const most = typeof input["MaxResults"] === "number" ? input["MaxResults"] : 1;
      return {
        Results: tasks
          .filter((task) => task.sourceArn === sourceArn)
          .slice(0, most)
          .map((task) => ({
            ...(task.status === "RUNNING" && { TaskHandle: task.handle }),
            Status: task.status,
            SourceArn: task.sourceArn,
            DestinationArn: task.destinationArn,
            MaxNumberOfMessagesPerSecond: task.maxPerSecond,
            ApproximateNumberOfMessagesMoved: task.moved,
            ApproximateNumberOfMessagesToMove: task.toMove,
            FailureReason: task.failureReason,
            StartedTimestamp: Math.floor(task.startedAtMs),
          })),
      };
    },

    CancelMessageMoveTask(input) {
      const task = tasks.find(({ handle }) => handle === input["TaskHandle"]);
      if (!task) throw new AwsError("ResourceNotFoundException", "Task does not exist.", 404);
      if (task.status !== "RUNNING")
        throw new AwsError("UnsupportedOperation", "Only active tasks can be cancelled.");
      task.status = "CANCELLING";
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
  };

  return {
    operations,
    async close() {
      for (const task of tasks) if (task.status === "RUNNING") task.status = "CANCELLING";
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function move(task: MoveTask, queues: QueueRegistry, signal: AbortSignal): Promise<void> {
  while (task.status === "RUNNING" && task.moved < task.toMove) {
    const source = queues.byArn(task.sourceArn);
    const destination = queues.byArn(task.destinationArn);
    if (!source || !destination) {
      task.status = "FAILED";
      task.failureReason = "AWS.SimpleQueueService.NonExistentQueue";
      return;
    }
    const [message] = source.receive({ most: 1, visibilityMs: moveVisibilityMs }, undefined);
    if (!message) break;
    source.messages.remove(message);
    // A moved message is a new one. Source: SQS Developer Guide, "Dead-letter queue redrive".
    destination.takeOver(
      {
        ...{ ...message, id: randomUUID(), sentMs: queueNowMs() },
        ...{ receives: 0, firstReceivedMs: undefined },
      },
      undefined,
    );
    task.moved += 1;
    await pace(task, signal);
  }
  task.status = task.status === "CANCELLING" ? "CANCELLED" : "COMPLETED";
}

/** Waits until the next message may move at the rate that was asked for; others have their turn. */
async function pace(
  { maxPerSecond, moved, startedAtMs }: MoveTask,
  signal: AbortSignal,
): Promise<void> {
  const dueInMs =
    maxPerSecond === undefined ? 0 : startedAtMs + (moved * 1000) / maxPerSecond - queueNowMs();
  if (dueInMs > 0) await delay(dueInMs, undefined, { signal }).catch(() => undefined);
  else await immediate();
}

function arnOf(input: JsonInput, name: string): string {
  const arn = input[name];
  if (typeof arn !== "string" || !/^arn:aws:sqs:[^:]+:\d+:[^:]+$/.test(arn))
    throw new AwsError("InvalidParameterValue", `${name} must be the ARN of a queue.`);
  return arn;
}
