import type { EventBuffer } from "./event-buffer.ts";

/** A log group: its settings, its streams, and its newest events, as many as fit its bounds. */
export interface LogGroup {
  readonly name: string;
  /** Without `:*` */
  readonly arn: string;
  readonly createdAtMs: number;
  readonly logGroupClass: string;
  deletionProtected: boolean;
  retentionInDays: number | undefined;
  readonly tags: Map<string, string>;
  readonly streams: Map<string, LogStream>;
  readonly events: EventBuffer;
}

export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  firstEventAtMs: number | undefined;
  lastEventAtMs: number | undefined;
  lastIngestedAtMs: number | undefined;
}
