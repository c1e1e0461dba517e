import type { StreamBacklogs } from "../../dynamodb/streams/stream-backlogs.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";

/** How far the mapping of a stream is. */
export interface StreamMappingState {
  readonly uuid: string;
  readonly eventSourceArn: string;
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly lastProcessingResult: string;
  /** Records that the function has neither done nor been given up on. */
  readonly unprocessedRecords: number;
  /** How old the oldest of them is, in milliseconds; 0 without any. */
  readonly iteratorAgeMs: number;
}

export function streamMappingState(
  mapping: EventSourceMapping,
  backlogs: StreamBacklogs,
): StreamMappingState {
  const { records, oldestMs } = backlogs.after(mapping.sourceArn, mapping.position);
  return {
    uuid: mapping.uuid,
    eventSourceArn: mapping.sourceArn,
    functionArn: mapping.functionArn,
    enabled: mapping.settings.enabled,
    lastProcessingResult: mapping.lastResult,
    unprocessedRecords: records,
    iteratorAgeMs: oldestMs === undefined ? 0 : Math.max(0, Date.now() - oldestMs),
  };
}
