import { isDeepStrictEqual } from "node:util";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonOperation } from "../json-service.ts";
import { checkQueueAttributes } from "./check-queue-attributes.ts";
import { defaultAttributes } from "./default-attributes.ts";
import type { RunFauxqs } from "./fauxqs-app.ts";
import type { Queue, QueueRegistry } from "./queue-registry.ts";
import { checkRedrivePolicy } from "./redrive-policy.ts";

type Operation = "CreateQueue" | "DeleteQueue" | "GetQueueAttributes" | "SetQueueAttributes";
type Attributes = Readonly<Record<string, string>>;

/** Settings that fauxqs does not need, and does not accept everywhere. */
const keptHere = new Set(["DeduplicationScope", "FifoThroughputLimit"]);

const policies = new Set(["Policy", "RedriveAllowPolicy", "RedrivePolicy"]);

/** What creates, changes, shows and deletes queues. Settings are checked before fauxqs sees them. */
export function createQueueOperations(
  run: RunFauxqs,
  queues: QueueRegistry,
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
    async CreateQueue(input, call) {
      const given = (input["Attributes"] ?? {}) as Attributes;
      const name = checkQueueName(input["QueueName"], given);
      const existing = queues.byName(name, call);
      const checked = check(name, given, call, existing);
      if (existing) {
        checkSame(existing, checked);
        return run("GetQueueUrl", { QueueName: name }, call);
      }
      const Attributes = forFauxqs(checked);
      const output = await run("CreateQueue", { ...input, Attributes }, call);
      // Another request may have created it meanwhile.
      const other = queues.byName(name, call);
      if (other) checkSame(other, checked);
      else queues.add(name, call, checked);
      return output;
    },

    async SetQueueAttributes(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const given = (input["Attributes"] ?? {}) as Attributes;
      if (queue.isFifo && Object.hasOwn(given, "FifoQueue") && given["FifoQueue"] !== "true")
        throw new AwsError(
          "InvalidAttributeValue",
          "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
        );
      const checked = check(queue.name, given, call, queue);
      const output = await run(
        "SetQueueAttributes",
        { ...input, Attributes: forFauxqs(checked) },
        call,
      );
      for (const [name, value] of checked)
        if (value === "") queue.attributes.delete(name);
        else queue.attributes.set(name, value);
      return output;
    },

    async DeleteQueue(input, call) {
      const output = await run("DeleteQueue", input, call);
      queues.remove(input["QueueUrl"], call);
      return output;
    },

    async GetQueueAttributes(input, call) {
      const queue = queues.byUrl(input["QueueUrl"], call);
      const names = (input["AttributeNames"] ?? []) as readonly string[];
      const { Attributes = {} } = (await run("GetQueueAttributes", input, call)) as {
        Attributes?: Attributes;
      };
      const shown = new Map(Object.entries(Attributes));
      for (const name of keptHere) {
        const value = queue.attributes.get(name) ?? defaultAttributes(queue).get(name);
        if (value !== undefined && (names.includes("All") || names.includes(name)))
          shown.set(name, value);
      }
      // An attribute that was set to "" no longer exists.
      return { Attributes: Object.fromEntries([...shown].filter(([, text]) => text !== "")) };
    },
  };
}

function forFauxqs(checked: ReadonlyMap<string, string>): Attributes {
  return Object.fromEntries([...checked].filter(([name]) => !keptHere.has(name)));
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
