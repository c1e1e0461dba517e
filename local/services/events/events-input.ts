import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { inputReaders, wrongType } from "../json-input.ts";
import type { JsonInput } from "../json-service.ts";

export { textsOf } from "../json-input.ts";

export interface TextBounds {
  readonly max?: number;
  readonly pattern?: RegExp;
}

/** Names of rules and targets. Source: EventBridge service model 2015-10-07. */
export const nameBounds: TextBounds = { max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ };
export const busNameBounds: TextBounds = { max: 256, pattern: /^[/.\-_A-Za-z0-9]+$/ };

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export const { broken, integerOf } = inputReaders("ValidationException");

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

/** A text that must be there. Throws ValidationException. */
export function textOf(input: JsonInput, name: string, bounds?: TextBounds): string {
  const value = optionalTextOf(input, name, bounds);
  if (value === undefined) throw broken(name, "null", "Member must not be null");
  return value;
}

export function optionalTextOf(
  input: JsonInput,
  name: string,
  { max = Number.MAX_SAFE_INTEGER, pattern }: TextBounds = {},
): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw wrongType(name, "a string");
  if (value.length > max)
    throw broken(name, value, `Member must have length less than or equal to ${String(max)}`);
  if (pattern && !pattern.test(value))
    throw broken(name, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
  return value;
}

/** A list of structures with 1 to `max` of them. */
export function structuresOf(input: JsonInput, name: string, max: number): readonly JsonInput[] {
  const value = input[name];
  if (!Array.isArray(value) || !value.every(isStructure))
    throw wrongType(name, "a list of objects");
  if (value.length < 1)
    throw broken(name, "[]", "Member must have length greater than or equal to 1");
  if (value.length > max)
    throw broken(
      name,
      `[${String(value.length)}]`,
      `Member must have length less than or equal to ${String(max)}`,
    );
  return value;
}

export function structureOf(input: JsonInput, name: string): JsonInput | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!isStructure(value)) throw wrongType(name, "an object");
  return value;
}

/** The name of the bus that a call is about: by name or ARN, `default` where none is given. */
export function busNameOf(input: JsonInput, call: AwsCall, member = "EventBusName"): string {
  const given = optionalTextOf(input, member, { max: 1600 }) ?? "default";
  if (!given.startsWith("arn:")) return given;
  const prefix = `arn:aws:events:${call.region}:${call.accountId}:event-bus/`;
  if (given.startsWith(prefix)) return given.slice(prefix.length);
  throw notFound(
    `Event bus ${given} does not exist: event buses of other accounts and Regions are not served here.`,
  );
}

export function isStructure(value: unknown): value is JsonInput {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
