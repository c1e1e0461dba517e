import type { MappingSettings } from "./event-source-mapping.ts";
import { isLeftOut, readStreamSettings, streamMembers } from "./stream-settings.ts";
import { invalidMapping, type MappingInput, wholeNumber } from "./whole-number.ts";

export type SourceKind = "queue" | "stream";

/** Records of a batch unless it is said. Source: Lambda API, CreateEventSourceMapping. */
const defaultBatchSize = { queue: 10, stream: 100 };

/** Settings from the input of CreateEventSourceMapping or UpdateEventSourceMapping. */
export function readSettings(
  input: MappingInput,
  kind: SourceKind,
  before?: MappingSettings,
): MappingSettings {
  checkMembers(input, kind);
  const settings: MappingSettings = {
    enabled: (input["Enabled"] as boolean | undefined) ?? before?.enabled ?? true,
    batchSize:
      wholeNumber(input, "BatchSize", [1, 10_000]) ?? before?.batchSize ?? defaultBatchSize[kind],
    batchingWindowSeconds:
      wholeNumber(input, "MaximumBatchingWindowInSeconds", [0, 300]) ??
      before?.batchingWindowSeconds ??
      0,
    reportBatchItemFailures: Array.isArray(input["FunctionResponseTypes"])
      ? input["FunctionResponseTypes"].includes("ReportBatchItemFailures")
      : (before?.reportBatchItemFailures ?? false),
    maximumConcurrency:
      "ScalingConfig" in input
        ? wholeNumber(
            (input["ScalingConfig"] ?? {}) as MappingInput,
            "MaximumConcurrency",
            [2, 1000],
          )
        : before?.maximumConcurrency,
    stream: kind === "stream" ? readStreamSettings(input, before?.stream) : undefined,
  };
  if (kind === "queue" && settings.batchSize > 10 && settings.batchingWindowSeconds < 1)
    throw invalidMapping(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  return settings;
}

/** Refuses by name what only the other kind of source has. */
function checkMembers(input: MappingInput, kind: SourceKind): void {
  const others = kind === "queue" ? streamMembers : (["ScalingConfig"] as const);
  const given = others.find((member) => !isLeftOut(member, input[member]));
  if (given !== undefined)
    throw invalidMapping(
      `${given} is not supported here for ${kind === "queue" ? "queues" : "streams"}; deploy without it.`,
    );
}
