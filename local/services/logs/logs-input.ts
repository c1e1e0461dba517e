import { AwsError } from "../../wire/aws-error.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { inputReaders, wrongType } from "../json-input.ts";
import type { JsonInput } from "../json-service.ts";
import type { LogGroup, LogStream } from "./log-group.ts";
import type { LogsStore } from "./logs-store.ts";

export { textsOf } from "../json-input.ts";

/** Source: CloudWatch Logs service model 2014-03-28. */
const groupNamePattern = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const streamNamePattern = /^[^:*]{1,512}$/;

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export const { broken, integerOf } = inputReaders("InvalidParameterException");

/** A text that must be there. Throws InvalidParameterException. */
export function textOf(input: JsonInput, name: string): string {
  const value = optionalTextOf(input, name);
  if (value === undefined) throw broken(name, "null", "Member must not be null");
  return value;
}

export function optionalTextOf(input: JsonInput, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw wrongType(name, "a string");
}

export function flagOf(input: JsonInput, name: string): boolean {
  const value = input[name];
  if (value === undefined || value === null || typeof value === "boolean") return value ?? false;
  throw wrongType(name, "true or false");
}

export function tagsOf(input: JsonInput): Readonly<Record<string, string>> {
  const value = input["tags"];
  if (value === undefined || value === null) return {};
  if (
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === "string")
  )
    return value as Record<string, string>;
  throw wrongType("tags", "an object of strings");
}

export function groupNameOf(input: JsonInput): string {
  const name = textOf(input, "logGroupName");
  if (groupNamePattern.test(name)) return name;
  throw broken(
    "logGroupName",
    name,
    "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
  );
}

export function streamNameOf(input: JsonInput): string {
  const name = textOf(input, "logStreamName");
  if (streamNamePattern.test(name)) return name;
  throw broken("logStreamName", name, "Member must satisfy regular expression pattern: [^:*]*");
}

/** The group of `logGroupName`. Throws ResourceNotFoundException. */
export function groupOf(input: JsonInput, store: LogsStore, call: AwsCall): LogGroup {
  return store.group(call.region, groupNameOf(input));
}

/** The group of `logGroupName`, or of `logGroupIdentifier`, which is a name or an ARN. */
export function identifiedGroupOf(input: JsonInput, store: LogsStore, call: AwsCall): LogGroup {
  const identifier = optionalTextOf(input, "logGroupIdentifier");
  if (identifier === undefined) return groupOf(input, store, call);
  if (input["logGroupName"] !== undefined)
    throw invalidParameter("Give logGroupName or logGroupIdentifier, not both.");
  const name = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)$/.exec(identifier)?.[1];
  return store.group(call.region, name ?? identifier);
}

/** Throws ResourceNotFoundException. */
export function streamOf(group: LogGroup, name: string): LogStream {
  const stream = group.streams.get(name);
  if (stream) return stream;
  throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
}
