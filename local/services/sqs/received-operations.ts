import { AwsError } from "../../wire/aws-error.ts";
import type { JsonOperation } from "../json-service.ts";
import { checkBatch, runBatch } from "./batch.ts";
import type { QueueRegistry } from "./queue-registry.ts";
import { changeVisibility, deleteReceived } from "./received-message.ts";
import { queueNowMs } from "./store/stored-message.ts";

type Operation =
  | "ChangeMessageVisibility"
  | "ChangeMessageVisibilityBatch"
  | "DeleteMessage"
  | "DeleteMessageBatch"
  | "PurgeQueue";

/** Source: SQS API, PurgeQueue. */
const purgeEveryMs = 60_000;

/** What is done to messages that were received, or to all of them. */
export function createReceivedOperations(
  queues: QueueRegistry,
): Readonly<Record<Operation, JsonOperation>> {
  return {
    DeleteMessage(input, call) {
      deleteReceived(queues.byUrl(input["QueueUrl"], call), input);
      return undefined;
    },
    DeleteMessageBatch(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      return runBatch(checkBatch("DeleteMessageBatch", input["Entries"]), (entry) => {
        deleteReceived(queue, entry);
        return undefined;
      });
    },
    ChangeMessageVisibility(input, call) {
      changeVisibility(queues.byUrl(input["QueueUrl"], call), input);
      return undefined;
    },
    ChangeMessageVisibilityBatch(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      return runBatch(checkBatch("ChangeMessageVisibilityBatch", input["Entries"]), (entry) => {
        changeVisibility(queue, entry);
        return undefined;
      });
    },
    PurgeQueue(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const nowMs = queueNowMs();
      if (nowMs - queue.lastPurgeMs < purgeEveryMs)
        throw new AwsError(
          "PurgeQueueInProgress",
          `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
          403,
        );
      queue.lastPurgeMs = nowMs;
      queue.messages.clear();
      return undefined;
    },
  };
}
