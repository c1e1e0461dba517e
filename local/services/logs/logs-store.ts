import { AwsError } from "../../wire/aws-error.ts";
import { createEventBuffer, type EventBufferLimits, type LogEvent } from "./event-buffer.ts";
import type { LogGroup, LogStream } from "./log-group.ts";

/** Log groups of every region. Bounded: the oldest events of a group make room for new ones. */
export interface LogsStore {
  /**
   * Adds one event, as the Lambda service does for its functions; makes the group and the stream
   * when they are not there. Message without a final newline. Default of the region: the store's own.
   */
  append(
    groupName: string,
    streamName: string,
    message: string,
    timestampMs: number,
    region?: string,
  ): void;
  groups(region: string): readonly LogGroup[];
  /** Throws ResourceNotFoundException. */
  group(region: string, name: string): LogGroup;
  /** Throws ResourceAlreadyExistsException. */
  createGroup(region: string, name: string, settings?: GroupSettings): LogGroup;
  deleteGroup(group: LogGroup, region: string): void;
  /** Throws ResourceAlreadyExistsException. */
  createStream(group: LogGroup, name: string): LogStream;
  deleteStream(group: LogGroup, name: string): void;
  addEvent(
    group: LogGroup,
    stream: LogStream,
    event: { message: string; timestampMs: number },
  ): void;
}

export interface GroupSettings {
  readonly logGroupClass?: string;
  readonly deletionProtected?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface LogsStoreOptions {
  readonly accountId?: string;
  /** Region of what is appended in process. */
  readonly region?: string;
  /** Bounds of each group. */
  readonly limits?: EventBufferLimits;
  /** Streams of a group that `append` made; the oldest goes when there are more. */
  readonly maxAppendedStreams?: number;
}

export function createLogsStore({
  accountId = "000000000000",
  region: ownRegion = "us-east-1",
  limits = { maxEvents: 10_000, maxLength: 16 * 1024 * 1024 },
  maxAppendedStreams = 1000,
}: LogsStoreOptions = {}): LogsStore {
  const groupsByRegion = new Map<string, Map<string, LogGroup>>();
  const appendedStreams = new WeakMap<LogGroup, Set<string>>();
  let sequence = 0;

  const groupsOf = (region: string): Map<string, LogGroup> => {
    let groups = groupsByRegion.get(region);
    if (!groups) groupsByRegion.set(region, (groups = new Map()));
    return groups;
  };

  const store: LogsStore = {
    append(groupName, streamName, message, timestampMs, region = ownRegion) {
      const group = groupsOf(region).get(groupName) ?? store.createGroup(region, groupName);
      const stream = group.streams.get(streamName) ?? appendStream(group, streamName);
      store.addEvent(group, stream, { message, timestampMs });
    },
    groups: (region) =>
      [...groupsOf(region).values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    group(region, name) {
      const group = groupsOf(region).get(name);
      if (group) return group;
      throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    },
    createGroup(region, name, { logGroupClass, deletionProtected, tags } = {}) {
      if (groupsOf(region).has(name))
        throw new AwsError(
          "ResourceAlreadyExistsException",
          "The specified log group already exists",
        );
      const group: LogGroup = {
        name,
        arn: `arn:aws:logs:${region}:${accountId}:log-group:${name}`,
        createdAtMs: Date.now(),
        logGroupClass: logGroupClass ?? "STANDARD",
        deletionProtected: deletionProtected ?? false,
        retentionInDays: undefined,
        tags: new Map(Object.entries(tags ?? {})),
        streams: new Map(),
        events: createEventBuffer(limits),
      };
      groupsOf(region).set(name, group);
      return group;
    },
    deleteGroup(group, region) {
      groupsOf(region).delete(group.name);
    },
    createStream(group, name) {
      if (group.streams.has(name))
        throw new AwsError(
          "ResourceAlreadyExistsException",
          "The specified log stream already exists",
        );
      const stream: LogStream = {
        name,
        arn: `${group.arn}:log-stream:${name}`,
        createdAtMs: Date.now(),
        firstEventAtMs: undefined,
        lastEventAtMs: undefined,
        lastIngestedAtMs: undefined,
      };
      group.streams.set(name, stream);
      return stream;
    },
    deleteStream(group, name) {
      group.streams.delete(name);
      group.events.removeStream(name);
    },
    addEvent(group, stream, { message, timestampMs }) {
      const ingestedAtMs = Date.now();
      sequence++;
      const event: LogEvent = {
        id: String(timestampMs).padStart(20, "0") + String(sequence).padStart(36, "0"),
        streamName: stream.name,
        timestampMs,
        ingestedAtMs,
        message,
      };
      group.events.add(event);
      stream.firstEventAtMs = Math.min(stream.firstEventAtMs ?? timestampMs, timestampMs);
      stream.lastEventAtMs = Math.max(stream.lastEventAtMs ?? timestampMs, timestampMs);
      stream.lastIngestedAtMs = ingestedAtMs;
    },
  };

  function appendStream(group: LogGroup, name: string): LogStream {
    let names = appendedStreams.get(group);
    if (!names) appendedStreams.set(group, (names = new Set()));
    const [oldest] = names;
    if (names.size >= maxAppendedStreams && oldest !== undefined) {
      names.delete(oldest);
      store.deleteStream(group, oldest);
    }
    names.add(name);
    return store.createStream(group, name);
  }

  return store;
}
