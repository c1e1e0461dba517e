import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";

/** A number of the input; `undefined` when it is not given. Throws in SQS's words outside the range. */
export function readRange(
  name: string,
  input: JsonInput,
  [least, most]: readonly [number, number],
): number | undefined {
  const value = input[name];
  if (typeof value !== "number") return undefined;
  if (value >= least && value <= most) return value;
  const reason =
    name === "MaxNumberOfMessages"
      ? `Must be between ${String(least)} and ${String(most)}, if provided.`
      : `Must be >= ${String(least)} and <= ${String(most)}, if provided.`;
  throw new AwsError(
    "InvalidParameterValue",
    `Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`,
  );
}
