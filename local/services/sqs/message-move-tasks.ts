import { randomUUID } from "node:crypto";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput, JsonOperation } from "../json-service.ts";
import type { RunFauxqs } from "./fauxqs-app.ts";
import { queueArn, queueNameOf } from "./queue-url.ts";

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

/** A message as fauxqs hands it out, and takes it again: its body and attributes are not looked at. */
interface Received {
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MessageAttributes?: object;
  readonly Attributes?: { readonly MessageGroupId?: string };
}

/** While a message is moved, nobody else is to receive it. */
const moveVisibilitySeconds = 30;

/**
 * Redrive: moves the messages of a dead-letter queue to another queue.
 * Source: SQS API, StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask.
 */
export function createMessageMoveTasks(run: RunFauxqs): {
  readonly operations: Readonly<Record<string, JsonOperation>>;
  close(): Promise<void>;
} {
  const tasks: MoveTask[] = [];
  const running = new Set<Promise<void>>();

  const operations: Record<string, JsonOperation> = {
    async StartMessageMoveTask(input, call) {
      const sourceArn = arnOf(input, "SourceArn");
      if (tasks.some((task) => task.sourceArn === sourceArn && task.status === "RUNNING"))
        throw new AwsError(
          "UnsupportedOperation",
          "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
        );
      const sources = await sourceQueuesOf(sourceArn, run, call);
      if (sources.length === 0)
        throw new AwsError(
          "InvalidParameterValue",
          "Source queue must be configured as a Dead Letter Queue.",
        );
      const destinationArn =
        input["DestinationArn"] === undefined ? sources[0] : arnOf(input, "DestinationArn");
      if (destinationArn === undefined) throw new Error("A dead-letter queue without a source.");
      await urlOf(destinationArn, run, call);
      const { Attributes } = (await run(
        "GetQueueAttributes",
        { QueueUrl: sourceArn, AttributeNames: ["ApproximateNumberOfMessages"] },
        call,
      )) as { Attributes: Record<string, string> };
      const rate = input["MaxNumberOfMessagesPerSecond"];
      const task: MoveTask = {
        handle: Buffer.from(`${randomUUID()}:${sourceArn}`).toString("base64"),
        sourceArn,
        destinationArn,
        maxPerSecond: typeof rate === "number" ? rate : undefined,
        startedAtMs: Date.now(),
        toMove: Number(Attributes["ApproximateNumberOfMessages"]),
        moved: 0,
        status: "RUNNING",
      };
      tasks.unshift(task);
      const moving = move(task, run, call).finally(() => running.delete(moving));
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
            StartedTimestamp: task.startedAtMs,
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
      await Promise.all(running);
    },
  };
}

async function move(task: MoveTask, run: RunFauxqs, call: AwsCall): Promise<void> {
  try {
    while (task.status === "RUNNING" && task.moved < task.toMove) {
      const { Messages = [] } = (await run(
        "ReceiveMessage",
        {
          QueueUrl: task.sourceArn,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: moveVisibilitySeconds,
          MessageSystemAttributeNames: ["MessageGroupId"],
        },
        call,
      )) as { Messages?: Received[] };
      if (Messages.length === 0) break;
      for (const message of Messages) {
        if (task.status !== "RUNNING") {
          await giveBack(task, message, run, call);
          continue;
        }
        const { MessageAttributes, Attributes } = message;
        await run(
          "SendMessage",
          {
            QueueUrl: task.destinationArn,
            MessageBody: message.Body,
            ...(MessageAttributes && { MessageAttributes }),
            // A moved message is a new one: it must not count as a duplicate of itself.
            ...(Attributes?.MessageGroupId !== undefined && {
              MessageGroupId: Attributes.MessageGroupId,
              MessageDeduplicationId: randomUUID(),
            }),
          },
          call,
        );
        await run(
          "DeleteMessage",
          { QueueUrl: task.sourceArn, ReceiptHandle: message.ReceiptHandle },
          call,
        );
        task.moved += 1;
        await pace(task);
      }
    }
    task.status = task.status === "CANCELLING" ? "CANCELLED" : "COMPLETED";
  } catch (error) {
    task.status = "FAILED";
    task.failureReason = error instanceof Error ? error.message : String(error);
  }
}

/** Lets others receive a message that is not moved after all. */
async function giveBack(
  { sourceArn }: MoveTask,
  { ReceiptHandle }: Received,
  run: RunFauxqs,
  call: AwsCall,
): Promise<void> {
  await run(
    "ChangeMessageVisibility",
    { QueueUrl: sourceArn, ReceiptHandle, VisibilityTimeout: 0 },
    call,
  );
}

/** Waits until the next message may move at the rate that was asked for. */
async function pace({ maxPerSecond, moved, startedAtMs }: MoveTask): Promise<void> {
  if (maxPerSecond === undefined) return;
  const dueMs = startedAtMs + (moved * 1000) / maxPerSecond - Date.now();
  if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs));
}

/** ARNs of the queues whose dead-letter queue this is. */
async function sourceQueuesOf(
  deadLetterArn: string,
  run: RunFauxqs,
  call: AwsCall,
): Promise<string[]> {
  await urlOf(deadLetterArn, run, call);
  const { QueueUrls = [] } = (await run("ListQueues", {}, call)) as { QueueUrls?: string[] };
  const sources: string[] = [];
  for (const url of QueueUrls) {
    if (!url.startsWith(`http://sqs.${call.region}.`)) continue;
    const { Attributes } = (await run(
      "GetQueueAttributes",
      { QueueUrl: url, AttributeNames: ["RedrivePolicy"] },
      call,
    )) as { Attributes?: Record<string, string> };
    const policy = Attributes?.["RedrivePolicy"];
    if (policy?.includes(`"${deadLetterArn}"`)) sources.push(queueArn(queueNameOf(url), call));
  }
  return sources;
}

async function urlOf(arn: string, run: RunFauxqs, call: AwsCall): Promise<void> {
  try {
    await run("GetQueueUrl", { QueueName: queueNameOf(arn) }, call);
  } catch {
    throw new AwsError(
      "ResourceNotFoundException",
      `The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist: ${arn}`,
      404,
    );
  }
}

function arnOf(input: JsonInput, name: string): string {
  const arn = input[name];
  if (typeof arn !== "string" || !/^arn:aws:sqs:[^:]+:\d+:[^:]+$/.test(arn))
    throw new AwsError("InvalidParameterValue", `${name} must be the ARN of a queue.`);
  return arn;
}
