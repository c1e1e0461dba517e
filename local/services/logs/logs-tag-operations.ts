import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";
import type { LogGroup } from "./log-group.ts";
import { groupOf, invalidParameter, tagsOf, textOf, textsOf } from "./logs-input.ts";
import type { LogsOperation } from "./logs-operation.ts";
import type { LogsStore } from "./logs-store.ts";

const maxTags = 50;

/** Tags of log groups, by ARN and, in the older API, by name. Source: CloudWatch Logs API. */
export const logsTagOperations: Readonly<Record<string, LogsOperation>> = {
  TagResource(input, store, call) {
    setTags(resourceOf(input, store, call), input);
  },
  UntagResource(input, store, call) {
    const group = resourceOf(input, store, call);
    for (const key of textsOf(input, "tagKeys") ?? []) group.tags.delete(key);
  },
  ListTagsForResource(input, store, call) {
    return { tags: Object.fromEntries(resourceOf(input, store, call).tags) };
  },
  TagLogGroup(input, store, call) {
    setTags(groupOf(input, store, call), input);
  },
  UntagLogGroup(input, store, call) {
    const group = groupOf(input, store, call);
    for (const key of textsOf(input, "tags") ?? []) group.tags.delete(key);
  },
  ListTagsLogGroup(input, store, call) {
    return { tags: Object.fromEntries(groupOf(input, store, call).tags) };
  },
};

/** The group of `resourceArn`, which for tags ends with the group's name, without `:*`. */
function resourceOf(input: JsonInput, store: LogsStore, call: AwsCall): LogGroup {
  const arn = textOf(input, "resourceArn");
  const group = store.groups(call.region).find((each) => each.arn === arn);
  if (group) return group;
  throw new AwsError("ResourceNotFoundException", `The specified resource does not exist: ${arn}`);
}

function setTags(group: LogGroup, input: JsonInput): void {
  const added = Object.entries(tagsOf(input));
  if (added.length === 0) throw invalidParameter("tags must hold at least one tag.");
  if (new Set([...group.tags.keys(), ...added.map(([key]) => key)]).size > maxTags)
    throw new AwsError("TooManyTagsException", `A resource can have ${String(maxTags)} tags.`);
  for (const [key, value] of added) group.tags.set(key, value);
}
