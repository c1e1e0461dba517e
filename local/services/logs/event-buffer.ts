export interface LogEvent {
  /** 56 digits; ids ascend by timestamp and, within one, by arrival. */
  readonly id: string;
  readonly streamName: string;
  readonly timestampMs: number;
  readonly ingestedAtMs: number;
  readonly message: string;
}

export interface EventBufferLimits {
  readonly maxEvents: number;
  /** Of messages, in UTF-16 code units. */
  readonly maxLength: number;
}

export interface EventBuffer {
  /** Adds an event, and drops the oldest ones as the bounds are passed. */
  add(event: LogEvent): void;
  removeStream(streamName: string): void;
  /** Oldest first, by id. */
  list(): readonly LogEvent[];
}

export function createEventBuffer({ maxEvents, maxLength }: EventBufferLimits): EventBuffer {
  let events: LogEvent[] = [];
  /** Events before this index are dropped; they are cut off now and then, not one by one. */
  let first = 0;
  let length = 0;
  let sorted: readonly LogEvent[] | undefined;
  return {
    add(event) {
      sorted = undefined;
      events.push(event);
      length += event.message.length;
      while (events.length - first > maxEvents || (length > maxLength && first < events.length - 1))
        length -= events[first++]?.message.length ?? 0;
      if (first > maxEvents) {
        events = events.slice(first);
        first = 0;
      }
    },
    removeStream(streamName) {
      events = events.slice(first).filter((event) => event.streamName !== streamName);
      first = 0;
      length = events.reduce((sum, { message }) => sum + message.length, 0);
      sorted = undefined;
    },
    list() {
      sorted ??= events.slice(first).sort((one, other) => (one.id < other.id ? -1 : 1));
      return sorted;
    },
  };
}
