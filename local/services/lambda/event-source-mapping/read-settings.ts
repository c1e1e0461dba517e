import type { MappingSettings } from "./event-source-mapping.ts";
import { isLeftOut, readStreamSettings, streamMembers } from "./stream-settings.ts";
import { invalidMapping, type MappingInput, wholeNumber } from "./whole-number.ts";

export type SourceKind = "queue" | "FIFO queue" | "stream";

/** Records of a batch unless it is said. Source: Lambda API, CreateEventSourceMapping. */
const defaultBatchSize: Readonly<Record<SourceKind, number>> = {
  queue: 10,
  "FIFO queue": 10,
  stream: 100,
};
const mostOfFifoBatch = 10;

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
      wholeNumber(input, "BatchSize", [1, kind === "FIFO queue" ? mostOfFifoBatch : 10_000]) ??
      before?.batchSize ??
      defaultBatchSize[kind],
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
  // Source: Lambda API, CreateEventSourceMapping, and what Lambda answers.
  if (kind === "FIFO queue" && settings.batchingWindowSeconds > 0)
    throw invalidMapping("Batching window is not supported for FIFO queues");
  if (kind === "queue" && settings.batchSize > 10 && settings.batchingWindowSeconds < 1)
    throw invalidMapping(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  return settings;
}

/** Refuses by name what only the other kind of source has. */
function checkMembers(input: MappingInput, kind: SourceKind): void {
  const others = kind === "stream" ? (["ScalingConfig"] as const) : streamMembers;
  const given = others.find((member) => !isLeftOut(member, input[member]));
  if (given !== undefined)
    throw invalidMapping(`${given} is not supported here for ${kind}s; deploy without it.`);
}
