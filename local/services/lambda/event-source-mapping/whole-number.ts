import { AwsError } from "../../../wire/aws-error.ts";

export type MappingInput = Readonly<Record<string, unknown>>;

/** A whole number of an input within its bounds, or one of `others`; `undefined` without it. */
export function wholeNumber(
  input: MappingInput,
  key: string,
  [min, max]: readonly [number, number],
  others: readonly number[] = [],
): number | undefined {
  const value = input[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && others.includes(value)) return value;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
    throw invalidMapping(
      `${key} must be a whole number from ${String(min)} to ${String(max)}${others.map((other) => `, or ${String(other)}`).join("")}.`,
    );
  return value;
}

export function invalidMapping(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
}
