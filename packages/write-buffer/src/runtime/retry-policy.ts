import type { SQSRecord } from "aws-lambda";
import type { WriteBufferSettings } from "../settings.ts";

/**
 * @param receiveCount how often the message has been received, at least 1.
 * @returns seconds until it is received again: doubling from the first delay up to the cap.
 */
export function retryDelaySeconds(
  receiveCount: number,
  { firstSeconds, maxSeconds }: WriteBufferSettings["retryDelay"],
): number {
  return Math.min(firstSeconds * 2 ** (Math.max(receiveCount, 1) - 1), maxSeconds);
}

/**
 * @param nowMs milliseconds since the epoch.
 * @returns whether SQS will soon delete the message for its age. SQS gives a redriven message a new
 * SentTimestamp (StartMessageMoveTask), so it gets its full time again.
 */
export function isExpiring(
  { attributes }: SQSRecord,
  nowMs: number,
  { queueRetentionSeconds, expiryMarginSeconds }: WriteBufferSettings,
): boolean {
  const ageSeconds = (nowMs - Number(attributes.SentTimestamp)) / 1_000;
  return ageSeconds > queueRetentionSeconds - expiryMarginSeconds;
}
