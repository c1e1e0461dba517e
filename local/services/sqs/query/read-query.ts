import type { JsonInput } from "../../json-service.ts";
import type { QueryInput } from "../../query-service.ts";

/** Parameter of a list, without its number → member of the input. Source: SQS API 2012-11-05, query protocol. */
const lists: Readonly<Record<string, string>> = {
  AttributeName: "AttributeNames",
  MessageAttributeName: "MessageAttributeNames",
  MessageSystemAttributeName: "MessageSystemAttributeNames",
  TagKey: "TagKeys",
};

/** Parameter of a map → its member, and what its keys are called. */
const maps: Readonly<Record<string, readonly [member: string, key: "Name" | "Key"]>> = {
  Attribute: ["Attributes", "Name"],
  MessageAttribute: ["MessageAttributes", "Name"],
  MessageSystemAttribute: ["MessageSystemAttributes", "Name"],
  Tag: ["Tags", "Key"],
};

const numbers = new Set([
  "DelaySeconds",
  "MaxNumberOfMessages",
  "MaxNumberOfMessagesPerSecond",
  "MaxResults",
  "VisibilityTimeout",
  "WaitTimeSeconds",
]);

/**
 * The input of an operation from its form, as the JSON protocol has it: `Attribute.1.Name=a` and
 * `Attribute.1.Value=b` are `{ Attributes: { a: "b" } }`. A number that is none stays a text, which is
 * refused as one.
 *
 * @param path of the request: clients of this protocol post to the queue's URL
 */
export function readQuery(operation: string, form: QueryInput, path: string): JsonInput {
  const tree: Tree = new Map();
  for (const [name, value] of Object.entries(form)) {
    if (name === "Action" || name === "Version") continue;
    const path = name.split(".", mostSteps + 1);
    place(tree, path.length > mostSteps ? [name] : path, value);
  }
  const input = toInput(tree, operation);
  const queuePath = /^\/\d{12}\/[\w.-]+\/?$/.test(path);
  return input["QueueUrl"] === undefined && queuePath ? { ...input, QueueUrl: path } : input;
}

/** `SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType` has six. */
const mostSteps = 6;

type Tree = Map<string, Tree | string>;

function place(tree: Tree, path: readonly string[], value: string): void {
  const [step = "", ...rest] = path;
  if (rest.length === 0) {
    tree.set(step, value);
    return;
  }
  const below = tree.get(step);
  const branch: Tree = below instanceof Map ? below : new Map();
  tree.set(step, branch);
  place(branch, rest, value);
}

function toInput(tree: Tree, operation: string): Record<string, unknown> {
  return Object.fromEntries([...tree].map(([name, value]) => toMember(name, value, operation)));
}

function toMember(
  name: string,
  value: Tree | string,
  operation: string,
): [member: string, value: unknown] {
  if (typeof value === "string")
    return [name, numbers.has(name) && /^-?\d{1,15}$/.test(value) ? Number(value) : value];
  const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (list !== undefined) return [list, inOrder(value).map(toText)];
  const [member, key] = (Object.hasOwn(maps, name) ? maps[name] : undefined) ?? [];
  if (member !== undefined && key !== undefined)
    // Of CreateQueue alone in small letters. Source: SQS API 2012-11-05.
    return [operation === "CreateQueue" && member === "Tags" ? "tags" : member, toMap(value, key)];
  if (name !== `${operation}RequestEntry`) return [name, toInput(value, operation)];
  const entries = inOrder(value).map((each) =>
    each instanceof Map ? toInput(each, operation) : each,
  );
  return ["Entries", entries];
}

/** The elements of a list by their numbers. */
function inOrder(list: Tree): (Tree | string)[] {
  return [...list].sort(([one], [other]) => Number(one) - Number(other)).map(([, value]) => value);
}

function toText(value: Tree | string): unknown {
  return typeof value === "string" ? value : Object.fromEntries(value);
}

function toMap(list: Tree, keyName: string): Record<string, unknown> {
  const entries = inOrder(list).map((entry): [string, unknown] => {
    if (typeof entry === "string") return ["", entry];
    const [key, value] = [entry.get(keyName), entry.get("Value")];
    return [
      typeof key === "string" ? key : "",
      value instanceof Map ? Object.fromEntries(value) : (value ?? ""),
    ];
  });
  return Object.fromEntries(entries);
}
