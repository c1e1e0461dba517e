import { compileFilter, type RecordFilter } from "./filter-pattern.ts";
import { invalidMapping, type MappingInput, wholeNumber } from "./whole-number.ts";

/** What only the mapping of a stream has. Source: Lambda API, CreateEventSourceMapping. */
export interface StreamSettings {
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  /** Batches of one shard at a time; records of one partition key stay in order. */
  readonly parallelizationFactor: number;
  /** -1 is without a limit. */
  readonly maximumRetryAttempts: number;
  /** -1 is without a limit. */
  readonly maximumRecordAgeSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** ARN of the queue or topic that hears of records that were given up; `undefined` without one. */
  readonly onFailureArn: string | undefined;
  readonly filters: readonly { readonly pattern: string; readonly matches: RecordFilter }[];
}

const mostFilters = 5;

/** Members that a queue's mapping does not have, by their names. */
export const streamMembers = [
  "StartingPosition",
  "ParallelizationFactor",
  "MaximumRetryAttempts",
  "MaximumRecordAgeInSeconds",
  "BisectBatchOnFunctionError",
  "DestinationConfig",
  "FilterCriteria",
] as const;

/** What each of these is when it is left out, which tools also write out. */
const defaults: Readonly<Record<string, unknown>> = {
  ParallelizationFactor: 1,
  MaximumRetryAttempts: -1,
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
};

/** Whether the value of a member says no more than that it is left out. */
export function isLeftOut(member: string, value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (typeof value !== "object") return value === defaults[member];
  return Object.values(value).every((each) => isLeftOut("", each));
}

export function readStreamSettings(input: MappingInput, before?: StreamSettings): StreamSettings {
  return {
    startingPosition: before?.startingPosition ?? readStartingPosition(input["StartingPosition"]),
    parallelizationFactor:
      wholeNumber(input, "ParallelizationFactor", [1, 10]) ?? before?.parallelizationFactor ?? 1,
    maximumRetryAttempts:
      wholeNumber(input, "MaximumRetryAttempts", [-1, 10_000]) ??
      before?.maximumRetryAttempts ??
      -1,
    maximumRecordAgeSeconds:
      wholeNumber(input, "MaximumRecordAgeInSeconds", [60, 604_800], [-1]) ??
      before?.maximumRecordAgeSeconds ??
      -1,
    bisectBatchOnFunctionError:
      (input["BisectBatchOnFunctionError"] as boolean | undefined) ??
      before?.bisectBatchOnFunctionError ??
      false,
    onFailureArn:
      "DestinationConfig" in input
        ? readDestination(input["DestinationConfig"])
        : before?.onFailureArn,
    filters:
      "FilterCriteria" in input ? readFilters(input["FilterCriteria"]) : (before?.filters ?? []),
  };
}

export function describeStreamSettings(settings: StreamSettings): Record<string, unknown> {
  const { onFailureArn, filters } = settings;
  return {
    StartingPosition: settings.startingPosition,
    ParallelizationFactor: settings.parallelizationFactor,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    BisectBatchOnFunctionError: settings.bisectBatchOnFunctionError,
    TumblingWindowInSeconds: 0,
    DestinationConfig: {
      OnFailure: onFailureArn === undefined ? {} : { Destination: onFailureArn },
    },
    ...(filters.length > 0 && {
      FilterCriteria: { Filters: filters.map(({ pattern }) => ({ Pattern: pattern })) },
    }),
  };
}

function readStartingPosition(value: unknown): StreamSettings["startingPosition"] {
  if (value === "TRIM_HORIZON" || value === "LATEST") return value;
  throw invalidMapping(
    value === undefined
      ? "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null."
      : "StartingPosition of a DynamoDB stream must be TRIM_HORIZON or LATEST.",
  );
}

function readDestination(config: unknown): string | undefined {
  const { OnFailure } = (config ?? {}) as { OnFailure?: { Destination?: unknown } | null };
  const arn = OnFailure?.Destination;
  if (arn === undefined || arn === null || arn === "") return undefined;
  if (typeof arn === "string" && /^arn:aws:(sqs|sns):[^:]+:\d{12}:[^:]+$/.test(arn)) return arn;
  throw invalidMapping(
    `DestinationConfig.OnFailure.Destination must be the ARN of an SQS queue or an SNS topic; ${String(arn)} is not supported here.`,
  );
}

function readFilters(criteria: unknown): StreamSettings["filters"] {
  const { Filters } = (criteria ?? {}) as { Filters?: readonly { Pattern?: unknown }[] | null };
  if ((Filters?.length ?? 0) > mostFilters)
    throw invalidMapping(`FilterCriteria.Filters has ${String(mostFilters)} filters at most.`);
  return (Filters ?? []).map(({ Pattern }) => ({
    pattern: String(Pattern ?? ""),
    matches: compileFilter(String(Pattern ?? "")),
  }));
}
