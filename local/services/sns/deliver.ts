import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { nextDeliveryDelayMs } from "./delivery-schedule.ts";
import type { Delivery, SendForTopic } from "./send-for-topic.ts";

export interface DeliverArgs {
  readonly send: SendForTopic;
  readonly log: Log;
  /** Aborts when the service closes: what is not delivered by then ends with its memory. */
  readonly signal: AbortSignal;
}

/** Server-side errors that come with a status of a client's. Source: Smithy retry rules. */
const throttlingCodes =
  /^(RequestThrottled|Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|OverLimit)/;

/**
 * Delivers one message of a topic to a queue, however long that takes. A server-side error is tried
 * again on SNS's schedule. A client-side error, such as a queue that is gone or whose policy does
 * not allow it, is not: the message then goes to the subscription's dead-letter queue, or is
 * dropped, which is logged.
 *
 * Source: SNS Developer Guide, "Amazon SNS dead-letter queues".
 *
 * @param deadLetterArn asked for when the message has failed, because it may be set meanwhile
 */
export async function deliver(
  delivery: Delivery,
  deadLetterArn: () => string | undefined,
  args: DeliverArgs,
): Promise<void> {
  const failure = await attempt(delivery, args);
  if (!failure) return;
  const target = deadLetterArn();
  const lost =
    target === undefined ? failure : await attempt({ ...delivery, queueArn: target }, args);
  args.log({
    event: lost ? "sns-message-dropped" : "sns-message-dead-lettered",
    topic: delivery.topicArn,
    queue: delivery.queueArn,
    ...(target !== undefined && { deadLetterQueue: target }),
    error: (lost ?? failure).message,
  });
}

/** The error of a delivery that was given up; `undefined` once it has succeeded or all ends. */
async function attempt(
  delivery: Delivery,
  { send, log, signal }: DeliverArgs,
): Promise<Error | undefined> {
  for (let attempts = 1; ; attempts++) {
    try {
      await send(delivery, signal);
      return undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      const failure = error instanceof Error ? error : new Error(String(error));
      const retryInMs = isClientSide(failure) ? undefined : nextDeliveryDelayMs(attempts);
      if (retryInMs === undefined) return failure;
      const { topicArn: topic, queueArn: queue } = delivery;
      log({ event: "sns-delivery-failed", topic, queue, error: failure.message, retryInMs });
      await delay(retryInMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
    }
  }
}

function isClientSide(error: Error): boolean {
  return error instanceof AwsError && error.status < 500 && !throttlingCodes.test(error.code);
}
