import { AwsError } from "../../../wire/aws-error.ts";
import type { MappingSettings } from "./event-source-mapping.ts";

type Input = Readonly<Record<string, unknown>>;

/** Settings from the input of CreateEventSourceMapping or UpdateEventSourceMapping. */
export function readSettings(input: Input, before?: MappingSettings): MappingSettings {
  const settings: MappingSettings = {
    enabled: (input["Enabled"] as boolean | undefined) ?? before?.enabled ?? true,
    batchSize: wholeNumber(input, "BatchSize", 1, 10_000) ?? before?.batchSize ?? 10,
    batchingWindowSeconds:
      wholeNumber(input, "MaximumBatchingWindowInSeconds", 0, 300) ??
      before?.batchingWindowSeconds ??
      0,
    reportBatchItemFailures: Array.isArray(input["FunctionResponseTypes"])
      ? input["FunctionResponseTypes"].includes("ReportBatchItemFailures")
      : (before?.reportBatchItemFailures ?? false),
    maximumConcurrency:
      "ScalingConfig" in input
        ? wholeNumber((input["ScalingConfig"] ?? {}) as Input, "MaximumConcurrency", 2, 1000)
        : before?.maximumConcurrency,
  };
  if (settings.batchSize > 10 && settings.batchingWindowSeconds < 1)
    throw invalid(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  return settings;
}

function wholeNumber(input: Input, key: string, min: number, max: number): number | undefined {
  const value = input[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
    throw invalid(`${key} must be a whole number from ${String(min)} to ${String(max)}.`);
  return value;
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
}
