import { defaultAttributes } from "./default-attributes.ts";
import type { Queue } from "./queue.ts";

/** Those that are not a queue's settings. Source: SQS API, GetQueueAttributes. */
const observed = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesDelayed",
  "ApproximateNumberOfMessagesNotVisible",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
  "QueueArn",
] as const;

const settings = new Set([
  ...defaultAttributes({ isFifo: true }).keys(),
  ...["KmsMasterKeyId", "Policy", "RedriveAllowPolicy", "RedrivePolicy"],
]);

/** Whether GetQueueAttributes can be asked for it, whatever the queue. */
export function isAttributeName(name: string): boolean {
  return settings.has(name) || (observed as readonly string[]).includes(name);
}

/** What GetQueueAttributes shows of a queue: its settings and its exact counts. */
export function showAttributes(queue: Queue): Map<string, string> {
  const { visible, inFlight, delayed } = queue.messages.counts();
  const seconds = (ms: number) => String(Math.floor(ms / 1000));
  const now: Record<(typeof observed)[number], string> = {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    CreatedTimestamp: seconds(queue.createdMs),
    LastModifiedTimestamp: seconds(queue.modifiedMs),
    QueueArn: queue.arn,
  };
  return new Map([...Object.entries(now), ...defaultAttributes(queue), ...queue.attributes]);
}
