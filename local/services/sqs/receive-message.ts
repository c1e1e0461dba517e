import { hash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";
import { uncarry } from "./carried-message.ts";
import type { RunFauxqs } from "./fauxqs-app.ts";
import { askedAttributes, md5OfAttributes } from "./message-attributes.ts";
import type { QueueRegistry } from "./queue-registry.ts";

/** A message as fauxqs hands it out. */
interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: object;
}

/** How often a waiting call looks for messages whose delay or visibility timeout has passed. */
const lookEveryMs = 20;

/**
 * ReceiveMessage with a wait that ends when its caller goes away. fauxqs would go on waiting, and
 * then take messages in flight for nobody.
 */
export async function receiveMessage(
  run: RunFauxqs,
  queues: QueueRegistry,
  input: JsonInput,
  call: AwsCall,
): Promise<object> {
  const queue = queues.byUrl(input["QueueUrl"], call);
  const { MessageAttributeNames, ...rest } = input;
  const take = async (query: JsonInput) => {
    const { Messages = [] } = (await run("ReceiveMessage", query, call)) as {
      Messages?: Received[];
    };
    return Messages.map((message) => toReceived(message, MessageAttributeNames, asked(input)));
  };
  const waitSeconds =
    rest["WaitTimeSeconds"] ?? Number(queue.attributes.get("ReceiveMessageWaitTimeSeconds") ?? 0);
  const endsMs = performance.now() + (isLongPoll(waitSeconds) ? waitSeconds * 1000 : 0);
  const query = isLongPoll(waitSeconds) ? { ...rest, WaitTimeSeconds: 0 } : rest;
  for (;;) {
    const Messages = await take(query);
    if (Messages.length > 0) return { Messages };
    const leftMs = endsMs - performance.now();
    if (leftMs <= 0 || call.signal?.aborted) return {};
    await delay(Math.min(leftMs, lookEveryMs), undefined, {
      ...(call.signal && { signal: call.signal }),
    }).catch(() => undefined);
    if (call.signal?.aborted) return {};
  }
}

/** Waits outside the range that SQS allows are left to fauxqs to refuse. */
function isLongPoll(seconds: unknown): seconds is number {
  return typeof seconds === "number" && seconds > 0 && seconds <= 20;
}

function asked({ AttributeNames, MessageSystemAttributeNames }: JsonInput): readonly string[] {
  return [
    ...((AttributeNames ?? []) as string[]),
    ...((MessageSystemAttributeNames ?? []) as string[]),
  ];
}

/** The message that was sent, in place of what fauxqs holds. */
function toReceived(
  received: Received,
  attributeNames: unknown,
  systemNames: readonly string[],
): object {
  const { body, attributes, system } = uncarry(received);
  const given = askedAttributes(attributes, (attributeNames ?? []) as string[]);
  const Attributes = { ...received.Attributes };
  for (const [name, value] of Object.entries(system))
    if (systemNames.includes("All") || systemNames.includes(name)) Attributes[name] = value;
  const isSome = (values: object) => Object.keys(values).length > 0;
  return {
    MessageId: received.MessageId,
    ReceiptHandle: received.ReceiptHandle,
    MD5OfBody: hash("md5", body),
    Body: body,
    ...(isSome(Attributes) && { Attributes }),
    ...(isSome(given) && {
      MD5OfMessageAttributes: md5OfAttributes(given),
      MessageAttributes: given,
    }),
  };
}
