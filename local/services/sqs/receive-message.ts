import { setTimeout as delay } from "node:timers/promises";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";

type Run = (operation: string, input: JsonInput, call: AwsCall) => Promise<object>;

/** How often a waiting call looks for messages whose delay or visibility timeout has passed. */
const lookEveryMs = 20;

/**
 * ReceiveMessage with a wait that ends when its caller goes away. fauxqs would go on waiting, and
 * then take messages in flight for nobody.
 */
export async function receiveMessage(run: Run, input: JsonInput, call: AwsCall): Promise<object> {
  const waitSeconds = input["WaitTimeSeconds"] ?? (await queueWaitSeconds(run, input, call));
  if (!isLongPoll(waitSeconds)) return run("ReceiveMessage", input, call);
  const endsMs = performance.now() + waitSeconds * 1000;
  for (;;) {
    const output = await run("ReceiveMessage", { ...input, WaitTimeSeconds: 0 }, call);
    const leftMs = endsMs - performance.now();
    if ("Messages" in output || leftMs <= 0 || call.signal?.aborted) return output;
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

async function queueWaitSeconds(run: Run, input: JsonInput, call: AwsCall): Promise<number> {
  const { Attributes } = (await run(
    "GetQueueAttributes",
    { QueueUrl: input["QueueUrl"], AttributeNames: ["ReceiveMessageWaitTimeSeconds"] },
    call,
  )) as { Attributes?: Record<string, string> };
  return Number(Attributes?.["ReceiveMessageWaitTimeSeconds"] ?? 0);
}
