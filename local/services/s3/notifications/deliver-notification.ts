import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../../log.ts";
import { nextDeliveryDelayMs } from "../../sns/delivery-schedule.ts";
import type { NotificationRule } from "./notification-rule.ts";
import { NotPermittedError, type NotificationTargets } from "./notification-targets.ts";

export interface Notification {
  readonly rule: NotificationRule;
  readonly bucketArn: string;
  readonly message: string;
}

/**
 * Delivers one notification, however long that takes. What fails is tried again: S3 delivers at least
 * once (S3 User Guide, "Amazon S3 Event Notifications") and does not say how it retries, so that SNS's
 * schedule stands in. Only what the target's policy does not allow is dropped, and logged.
 */
export async function deliverNotification(
  { rule, bucketArn, message }: Notification,
  { targets, log, signal }: { targets: NotificationTargets; log: Log; signal: AbortSignal },
): Promise<void> {
  for (let attempts = 1; ; attempts++) {
    try {
      await targets.send(rule, bucketArn, message, signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      const isFinal = error instanceof NotPermittedError;
      const retryInMs = isFinal ? undefined : nextDeliveryDelayMs(attempts);
      log({
        event: retryInMs === undefined ? "s3-notification-dropped" : "s3-notification-failed",
        ...{ bucket: bucketArn, target: rule.targetArn, configurationId: rule.id },
        error: error instanceof Error ? error.message : String(error),
        ...(retryInMs !== undefined && { retryInMs }),
      });
      if (retryInMs === undefined) return;
      await delay(retryInMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  }
}
