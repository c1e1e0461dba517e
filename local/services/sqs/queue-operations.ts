import { isDeepStrictEqual } from "node:util";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonOperation } from "../json-service.ts";
import { checkQueueAttributes } from "./check-queue-attributes.ts";
import { defaultAttributes } from "./default-attributes.ts";
import { Queue, type QueueListener } from "./queue.ts";
import { noSuchQueue, type QueueRegistry } from "./queue-registry.ts";
import { checkTags } from "./queue-tags.ts";
import { queueArn, queueUrl } from "./queue-url.ts";
import { checkRedrivePolicy } from "./redrive-policy.ts";
import { isAttributeName, showAttributes } from "./show-attributes.ts";

type Operation =
  "CreateQueue" | "DeleteQueue" | "GetQueueAttributes" | "GetQueueUrl" | "SetQueueAttributes";
type Attributes = Readonly<Record<string, string>>;

const policies = new Set(["Policy", "RedriveAllowPolicy", "RedrivePolicy"]);

/** What creates, changes, shows and deletes queues. */
export function createQueueOperations(
  queues: QueueRegistry,
  listen: (region: string, queueName: string) => QueueListener,
): Readonly<Record<Operation, JsonOperation>> {
  function check(name: string, given: Attributes, call: AwsCall, present?: Queue) {
    const checked = checkQueueAttributes(given, {
      isFifo: name.endsWith(".fifo"),
      present: present?.attributes ?? new Map(),
    });
    const redrive = checked.get("RedrivePolicy");
    if (redrive !== undefined && redrive !== "")
      checked.set("RedrivePolicy", checkRedrivePolicy(redrive, name, { queues, call }));
    return checked;
  }

  return {
    CreateQueue(input, call) {
      const given = (input["Attributes"] ?? {}) as Attributes;
      const name = checkQueueName(input["QueueName"], given);
      const existing = queues.byName(name, call);
      const attributes = check(name, given, call, existing);
      if (existing) checkSame(existing, attributes);
      else {
        const { region, accountId } = call;
        const arn = queueArn(name, call);
        const tags = checkTags((input["tags"] ?? {}) as Attributes);
        const listener = listen(region, name);
        queues.add(new Queue({ name, arn, region, accountId, attributes, tags, listener }));
      }
      return { QueueUrl: queueUrl(name, call) };
    },

    SetQueueAttributes(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const given = (input["Attributes"] ?? {}) as Attributes;
      if (queue.isFifo && Object.hasOwn(given, "FifoQueue") && given["FifoQueue"] !== "true")
        throw new AwsError(
          "InvalidAttributeValue",
          "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
        );
      for (const [name, value] of check(queue.name, given, call, queue))
        if (value === "") queue.attributes.delete(name);
        else queue.attributes.set(name, value);
      queue.modifiedMs = Date.now();
      return undefined;
    },

    DeleteQueue(input, call) {
      queues.remove(queues.byUrl(input["QueueUrl"], call));
      return undefined;
    },

    GetQueueUrl(input, call) {
      const { QueueName: name } = input;
      if (typeof name !== "string")
        throw new AwsError("MissingParameter", "The request must contain the parameter QueueName.");
      if (!queues.byName(name, call)) throw noSuchQueue();
      return { QueueUrl: queueUrl(name, call) };
    },

    GetQueueAttributes(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const names = (input["AttributeNames"] ?? []) as readonly string[];
      const shown = showAttributes(queue);
      const unknown = names.find((name) => name !== "All" && !isAttributeName(name));
      if (unknown !== undefined)
        throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
      const asked = [...shown].filter(([name]) => names.includes("All") || names.includes(name));
      return asked.length > 0 ? { Attributes: Object.fromEntries(asked) } : {};
    },
  };
}

/** Source: SQS API, CreateQueue, QueueName. */
function checkQueueName(name: unknown, attributes: Attributes): string {
  if (typeof name !== "string")
    throw new AwsError("MissingParameter", "The request must contain the parameter QueueName.");
  const isFifo = attributes["FifoQueue"]?.toLowerCase() === "true";
  if (isFifo && !(/^[\w-]+\.fifo$/.test(name) && name.length <= 80))
    throw new AwsError(
      "InvalidParameterValue",
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  if (!isFifo && !/^[\w-]{1,80}$/.test(name))
    throw new AwsError(
      "InvalidParameterValue",
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  return name;
}

/**
 * The same queue created twice must not be asked for with other settings; settings that are not
 * given do not count. Source: SQS API, CreateQueue.
 */
function checkSame(existing: Queue, given: ReadonlyMap<string, string>): void {
  const defaults = defaultAttributes(existing);
  for (const [name, value] of given)
    if (!isSame(name, value, existing.attributes.get(name) ?? defaults.get(name) ?? ""))
      throw new AwsError(
        "QueueNameExists",
        `A queue already exists with the same name and a different value for attribute ${name}`,
      );
}

function isSame(name: string, one: string, other: string): boolean {
  if (one === other) return true;
  if (!policies.has(name) || one === "" || other === "") return false;
  return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}
