import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../../log.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { Rule } from "../rule.ts";
import type { Target } from "../target.ts";
import type { BusEvent } from "./bus-event.ts";
import { payloadOf } from "./payload-of.ts";
import { retryDelayMs } from "./retry-delay.ts";
import type { SendToTarget } from "./send-to-target.ts";

export interface DeliverEventArgs {
  readonly send: SendToTarget;
  readonly log: Log;
  /** Aborts when the service closes: what is not delivered by then ends with its memory. */
  readonly signal: AbortSignal;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retries: number;
  readonly exhausted?: "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";
}

/** Server-side errors that come with a status of a client's. Source: Smithy retry rules. */
const throttlingCodes =
  /^(RequestThrottled|Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|OverLimit|KMSThrottl)/;

/**
 * Delivers an event to a target. A server-side error is tried again, as often and as long as the
 * target's retry policy says; a missing permission or target is not. What could not be delivered goes to
 * the target's dead-letter queue, or is dropped, which is logged.
 * Source: EventBridge User Guide, "Event retry policy" and "Using dead-letter queues".
 */
export async function deliverEvent(
  event: BusEvent,
  rule: Rule,
  target: Target,
  args: DeliverEventArgs,
): Promise<void> {
  const failure = await attempt(event, rule, target, args);
  if (!failure) return;
  const lost = target.deadLetterArn === undefined || !(await sendDeadLetter());
  args.log({
    event: lost ? "event-dropped" : "event-dead-lettered",
    rule: rule.arn,
    target: target.arn,
    eventId: event.id,
    error: failure.message,
  });

  async function sendDeadLetter(): Promise<boolean> {
    try {
      await args.send(
        {
          targetArn: target.deadLetterArn ?? "",
          ruleArn: rule.arn,
          roleArn: undefined,
          payload: JSON.stringify(event),
          messageAttributes: deadLetterAttributes(failure as Failure, rule, target),
        },
        args.signal,
      );
      return true;
    } catch (error) {
      args.log({
        event: "event-dead-letter-failed",
        queue: target.deadLetterArn,
        error: error instanceof Error ? error.message : String(error),
      });
      return false;
    }
  }
}

async function attempt(
  event: BusEvent,
  rule: Rule,
  target: Target,
  { send, log, signal }: DeliverEventArgs,
): Promise<Failure | undefined> {
  const startMs = performance.now();
  const payload = payloadOf(event, rule, target);
  for (let failures = 1; ; failures++) {
    try {
      const { arn: targetArn, roleArn, messageGroupId } = target;
      await send({ targetArn, ruleArn: rule.arn, roleArn, payload, messageGroupId }, signal);
      return undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      const failure = {
        code: error instanceof AwsError ? error.code : "CONNECTION_FAILURE",
        message: error instanceof Error ? error.message : String(error),
        retries: failures - 1,
      };
      if (isClientSide(error)) return failure;
      const waitMs = retryDelayMs(failures);
      if (failures > target.maximumRetryAttempts)
        return { ...failure, exhausted: "MaximumRetryAttempts" };
      if (performance.now() - startMs + waitMs > target.maximumEventAgeSeconds * 1_000)
        return { ...failure, exhausted: "MaximumEventAgeInSeconds" };
      const facts = { rule: rule.arn, target: target.arn, error: failure.message };
      log({ event: "event-delivery-failed", ...facts, retryInMs: waitMs });
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
    }
  }
}

function deadLetterAttributes(
  failure: Failure,
  rule: Rule,
  target: Target,
): Record<string, object> {
  const text = (StringValue: string) => ({ DataType: "String", StringValue });
  return {
    RULE_ARN: text(rule.arn),
    TARGET_ARN: text(target.arn),
    ERROR_CODE: text(failure.code),
    ERROR_MESSAGE: text(failure.message.slice(0, 1_000) || "none"),
    RETRY_ATTEMPTS: { DataType: "Number", StringValue: String(failure.retries) },
    ...(failure.exhausted && { EXHAUSTED_RETRY_CONDITION: text(failure.exhausted) }),
  };
}

function isClientSide(error: unknown): boolean {
  return error instanceof AwsError && error.status < 500 && !throttlingCodes.test(error.code);
}
