import { AwsError } from "../../wire/aws-error.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";
import type { LogGroup, LogStream } from "./log-group.ts";
import type { LogsStore } from "./logs-store.ts";

/** Source: CloudWatch Logs service model 2014-03-28. */
const groupNamePattern = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const streamNamePattern = /^[^:*]{1,512}$/;

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

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
  throw new AwsError("SerializationException", `${name} must be a string.`);
}

export function flagOf(input: JsonInput, name: string): boolean {
  const value = input[name];
  if (value === undefined || value === null || typeof value === "boolean") return value ?? false;
  throw new AwsError("SerializationException", `${name} must be true or false.`);
}

/** A whole number; `undefined` when it is not there. */
export function integerOf(
  input: JsonInput,
  name: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER } = {},
): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new AwsError("SerializationException", `${name} must be a whole number.`);
  if (value < min)
    throw broken(name, value, `Member must have value greater than or equal to ${String(min)}`);
  if (value > max)
    throw broken(name, value, `Member must have value less than or equal to ${String(max)}`);
  return value;
}

export function textsOf(input: JsonInput, name: string): readonly string[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  throw new AwsError("SerializationException", `${name} must be a list of strings.`);
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
  throw new AwsError("SerializationException", "tags must be an object of strings.");
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

export function broken(name: string, value: unknown, constraint: string): AwsError {
  const shown = value === "null" ? "null" : `'${String(value)}'`;
  return invalidParameter(
    `1 validation error detected: Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}`,
  );
}
