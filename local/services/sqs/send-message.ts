import { hash } from "node:crypto";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput, JsonOperation } from "../json-service.ts";
import { carry, type SentMessage } from "./carried-message.ts";
import {
  type CheckedMessage,
  checkMessage,
  maxMessageBytes,
  messageBytes,
} from "./check-message.ts";
import type { RunFauxqs } from "./fauxqs-app.ts";
import { md5OfAttributes } from "./message-attributes.ts";
import type { Queue, QueueRegistry } from "./queue-registry.ts";

interface Sent {
  readonly Id: string;
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

interface Refused {
  readonly Id: string;
  readonly SenderFault: true;
  readonly Code: string;
  readonly Message: string;
}

const maxEntries = 10;

/**
 * SendMessage and SendMessageBatch: messages are checked here, then handed to fauxqs in a form that
 * it accepts whatever they hold.
 */
export function createSendMessage(
  run: RunFauxqs,
  queues: QueueRegistry,
): Readonly<Record<"SendMessage" | "SendMessageBatch", JsonOperation>> {
  return {
    async SendMessage(input, call) {
      const checked = checkMessage(queues.byUrl(input["QueueUrl"], call), input);
      const { MessageId, SequenceNumber } = (await run(
        "SendMessage",
        { QueueUrl: input["QueueUrl"], ...toFauxqs(checked) },
        call,
      )) as Sent;
      return { MessageId, ...digestsOf(checked.message), SequenceNumber };
    },

    async SendMessageBatch(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const entries = checkBatch(queue, input["Entries"]);
      const accepted = new Map<string, CheckedMessage>();
      const Failed: Refused[] = [];
      for (const entry of entries) {
        const Id = String(entry["Id"]);
        try {
          accepted.set(Id, checkMessage(queue, entry));
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
        }
      }
      const Successful = await sendAll(input["QueueUrl"], accepted, call);
      // An empty list is left out, as SQS does.
      return {
        ...(Successful.length > 0 && { Successful }),
        ...(Failed.length > 0 && { Failed }),
      };
    },
  };

  async function sendAll(
    QueueUrl: unknown,
    messages: ReadonlyMap<string, CheckedMessage>,
    call: AwsCall,
  ): Promise<object[]> {
    if (messages.size === 0) return [];
    const Entries = [...messages].map(([Id, checked]) => ({ Id, ...toFauxqs(checked) }));
    const output = (await run("SendMessageBatch", { QueueUrl, Entries }, call)) as {
      Successful: Sent[];
      Failed: Refused[];
    };
    const [refused] = output.Failed;
    if (refused) throw new Error(`fauxqs refused a checked message: ${refused.Message}`);
    return output.Successful.map(({ Id, MessageId, SequenceNumber }) => {
      const checked = messages.get(Id);
      return { Id, MessageId, ...(checked && digestsOf(checked.message)), SequenceNumber };
    });
  }
}

function toFauxqs({ message, delaySeconds, groupId, deduplicationKey }: CheckedMessage): object {
  return {
    ...carry(message),
    ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationKey !== undefined && { MessageDeduplicationId: deduplicationKey }),
  };
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

/** What SQS refuses of a batch as a whole. Source: SQS API, SendMessageBatch. */
function checkBatch(queue: Queue, given: unknown): readonly JsonInput[] {
  const entries = (given ?? []) as readonly JsonInput[];
  if (entries.length === 0)
    throw new AwsError(
      "EmptyBatchRequest",
      "There should be at least one SendMessageBatchRequestEntry in the request.",
    );
  if (entries.length > maxEntries)
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${String(maxEntries)}. You have sent ${String(entries.length)}.`,
    );
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (typeof Id !== "string" || !/^[\w-]{1,80}$/.test(Id))
      throw new AwsError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    if (ids.has(Id)) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${Id} repeated.`);
    ids.add(Id);
  }
  if (queue.isFifo) checkFifoEntries(queue, entries);
  const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
  if (bytes > maxMessageBytes)
    throw new AwsError(
      "BatchRequestTooLong",
      `Batch requests cannot be longer than ${String(maxMessageBytes)} bytes. You have sent ${String(bytes)} bytes.`,
    );
  return entries;
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
