import { AwsError } from "../wire/aws-error.ts";
import type { JsonInput } from "./json-service.ts";

/** Reads numbers and lists of an input for a service whose errors have this code. */
export function inputReaders(code: string) {
  /** A whole number within bounds; `undefined` when it is not given. */
  function integerOf(
    input: JsonInput,
    name: string,
    { min = 0, max = Number.MAX_SAFE_INTEGER } = {},
  ): number | undefined {
    const value = input[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value))
      throw wrongType(name, "a whole number");
    if (value < min)
      throw broken(name, value, `Member must have value greater than or equal to ${String(min)}`);
    if (value > max)
      throw broken(name, value, `Member must have value less than or equal to ${String(max)}`);
    return value;
  }

  /** What a constraint of the service's model refuses, in the words of AWS. */
  function broken(name: string, value: unknown, constraint: string): AwsError {
    const shown = value === "null" ? "null" : `'${String(value)}'`;
    return new AwsError(
      code,
      `1 validation error detected: Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}`,
    );
  }

  return { integerOf, broken };
}

/** A list of texts; `undefined` when it is not given. */
export function textsOf(input: JsonInput, name: string): readonly string[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  throw wrongType(name, "a list of strings");
}

/** What the service's own deserialiser refuses. */
export function wrongType(name: string, type: string): AwsError {
  return new AwsError("SerializationException", `${name} must be ${type}.`);
}
