import { AwsError } from "../../wire/aws-error.ts";
import type { JsonOperation } from "../json-service.ts";
import type { QueueRegistry } from "./queue-registry.ts";

type Tags = Readonly<Record<string, string>>;

/** Source: SQS quotas, "Queue tags". */
const mostTags = 50;

/** Answers the tags that a queue is given. Throws where there are too many. */
export function checkTags(tags: Tags): Tags {
  if (Object.keys(tags).length > mostTags)
    throw new AwsError(
      "InvalidParameterValue",
      `Too many tags added for queue: a queue may have ${String(mostTags)}.`,
    );
  return tags;
}

export function createQueueTags(
  queues: QueueRegistry,
): Readonly<Record<"TagQueue" | "UntagQueue" | "ListQueueTags", JsonOperation>> {
  return {
    TagQueue(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const given = (input["Tags"] ?? {}) as Tags;
      checkTags({ ...Object.fromEntries(queue.tags), ...given });
      for (const [key, value] of Object.entries(given)) queue.tags.set(key, value);
      return undefined;
    },
    UntagQueue(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      for (const key of (input["TagKeys"] ?? []) as readonly string[]) queue.tags.delete(key);
      return undefined;
    },
    ListQueueTags(input, call) {
      const { tags } = queues.byUrl(input["QueueUrl"], call);
      return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
    },
  };
}
