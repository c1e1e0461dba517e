import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { createRequestId } from "../../wire/request-id.ts";
import { type DeliveryFailure, toDeadLetter } from "./dead-letter.ts";
import { nextDeliveryDelayMs } from "./delivery-schedule.ts";
import { isFunctionArn } from "./is-function-arn.ts";
import type { Delivery, SendForTopic } from "./send-for-topic.ts";

export interface DeliverArgs {
  readonly send: SendForTopic;
  readonly log: Log;
  /** Aborts when the service closes: what is not delivered by then ends with its memory. */
  readonly signal: AbortSignal;
}

/** A delivery before its first attempt. */
export type Deliverable = Omit<Delivery, "requestId">;

/** Server-side errors that come with a status of a client's. Source: Smithy retry rules. */
const throttlingCodes =
  /^(RequestThrottled|Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|OverLimit)/;

/**
 * Delivers one message of a topic to a queue or a function, however long that takes. A server-side error is tried
 * again on SNS's schedule. A client-side error, such as a queue or function that is gone, whose policy
 * does not allow it or that does not accept the message, is not: the message then goes to the subscription's
 * dead-letter queue, or is dropped, which is logged.
 *
 * Source: SNS Developer Guide, "Amazon SNS dead-letter queues".
 *
 * @param deadLetterArn asked for when the message has failed, because it may be set meanwhile
 */
export async function deliver(
  delivery: Deliverable,
  deadLetterArn: () => string | undefined,
  args: DeliverArgs,
): Promise<void> {
  const failure = await attempt(delivery, args);
  if (!failure) return;
  const target = deadLetterArn();
  const lost =
    target === undefined
      ? failure
      : await attempt(
          {
            ...delivery,
            endpointArn: target,
            message: toDeadLetter(delivery.message, failure),
          },
          args,
        );
  args.log({
    event: lost ? "sns-message-dropped" : "sns-message-dead-lettered",
    topic: delivery.topicArn,
    ...endpointFact(delivery),
    ...(target !== undefined && { deadLetterQueue: target }),
    requestId: (lost ?? failure).requestId,
    error: (lost ?? failure).message,
  });
}

/** Why a delivery was given up; `undefined` once it has succeeded or all ends. */
async function attempt(
  delivery: Deliverable,
  { send, log, signal }: DeliverArgs,
): Promise<DeliveryFailure | undefined> {
  for (let attempts = 1; ; attempts++) {
    const requestId = createRequestId();
    try {
      await send({ ...delivery, requestId }, signal);
      return undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      const message = error instanceof Error ? error.message : String(error);
      const status = error instanceof AwsError ? error.status : 500;
      const retryInMs = isClientSide(error) ? undefined : nextDeliveryDelayMs(attempts);
      if (retryInMs === undefined) return { requestId, status, message };
      const facts = { topic: delivery.topicArn, ...endpointFact(delivery) };
      log({ event: "sns-delivery-failed", ...facts, error: message, retryInMs });
      await delay(retryInMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
    }
  }
}

/** Whom a message was for, under the name that it has in the log. */
function endpointFact({ endpointArn }: Deliverable): Record<string, string> {
  return { [isFunctionArn(endpointArn) ? "function" : "queue"]: endpointArn };
}

function isClientSide(error: unknown): boolean {
  return error instanceof AwsError && error.status < 500 && !throttlingCodes.test(error.code);
}
