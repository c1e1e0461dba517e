import { hash } from "node:crypto";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput, JsonOperation } from "../json-service.ts";
import { checkBatch, runBatch } from "./batch.ts";
import { checkMessage, maxMessageBytes, messageBytes } from "./check-message.ts";
import { md5OfAttributes } from "./message-attributes.ts";
import type { Queue } from "./queue.ts";
import type { QueueRegistry } from "./queue-registry.ts";
import type { SentMessage } from "./store/sent-message.ts";

/** SendMessage and SendMessageBatch: messages are checked before they are acknowledged. */
export function createSendMessage(
  queues: QueueRegistry,
): Readonly<Record<"SendMessage" | "SendMessageBatch", JsonOperation>> {
  return {
    SendMessage: (input, call) => send(queues.byUrl(input["QueueUrl"], call), input),
    SendMessageBatch(input: JsonInput, call: AwsCall) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const entries = checkBatch("SendMessageBatch", input["Entries"]);
      if (queue.isFifo) checkFifoEntries(queue, [...entries.values()]);
      const bytes = entries.values().reduce((sum, entry) => sum + messageBytes(entry), 0);
      if (bytes > maxMessageBytes)
        throw new AwsError(
          "BatchRequestTooLong",
          `Batch requests cannot be longer than ${String(maxMessageBytes)} bytes. You have sent ${String(bytes)} bytes.`,
        );
      return runBatch(entries, (entry) => send(queue, entry));
    },
  };
}

function send(queue: Queue, input: JsonInput): object {
  const checked = checkMessage(queue, input);
  const { MessageId, SequenceNumber } = queue.send(checked);
  return { MessageId, ...digestsOf(checked.message), SequenceNumber };
}

function digestsOf({ body, attributes, system }: SentMessage): object {
  const { AWSTraceHeader } = system;
  return {
    MD5OfMessageBody: hash("md5", body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    ...(AWSTraceHeader !== undefined && {
      MD5OfMessageSystemAttributes: md5OfAttributes({
        AWSTraceHeader: { DataType: "String", StringValue: AWSTraceHeader },
      }),
    }),
  };
}

function checkFifoEntries(queue: Queue, entries: readonly JsonInput[]): void {
  const byContent = queue.attributes.get("ContentBasedDeduplication") === "true";
  for (const { MessageGroupId, MessageDeduplicationId } of entries) {
    if (MessageGroupId === undefined)
      throw new AwsError(
        "InvalidParameterValue",
        "The request must contain the parameter MessageGroupId.",
      );
    if (MessageDeduplicationId === undefined && !byContent)
      throw new AwsError(
        "InvalidParameterValue",
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
      );
  }
}
