import type { Effect, Found, Result } from "../workload-contract.ts";

export type Phase = "before" | "during" | "after";

/**
 * How a request ended. `ok`: the store took the write, or the read was answered. `queued`: a queue
 * took the write. `fail`: it certainly did not happen (4xx). `info`: nobody knows (5xx, timeout,
 * reset).
 */
export type OpType = Result;

/**
 * One request. Times are milliseconds since the epoch, with fractions, of one monotonic clock.
 * Source of the form: Jepsen's histories, with invocation and completion in one record.
 */
export interface Op {
  readonly index: number;
  /** A logical client that does one thing at a time; one whose request ended as `info` retires. */
  readonly process: number;
  /** Which process sent it, where several did. */
  readonly worker?: string;
  readonly kind: "write" | "read";
  /** Of a write with several effects: the key of the first. */
  readonly key: string;
  /** What was put, or what was read of a register. */
  readonly value?: string;
  /** What the write does, where it is more or something else than to put `value` under `key`. */
  readonly effects?: readonly Effect[];
  /** Nobody knows which keys the write concerns: the application chooses them and gave no answer. */
  readonly isKeyUnknown?: boolean;
  /** What was read of a counter or a list. */
  readonly found?: Found;
  readonly phase: Phase;
  /** When the schedule wanted it sent; latency counts from here. */
  readonly intendedMs: number;
  readonly invokeMs: number;
  readonly endMs: number;
  readonly type: OpType;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** The beginning of the answer's body. */
  readonly body?: string;
  readonly retryAfter?: string;
  /** Why no answer came. */
  readonly error?: string;
}

/** Both acknowledge a write: its sender was told that it is safe. */
export function isAcknowledged(op: Pick<Op, "kind" | "type">): boolean {
  return op.kind === "write" && (op.type === "ok" || op.type === "queued");
}

/** Where requests are recorded. */
export interface OpLog {
  /**
   * Called before a request is sent, which waits for it: for logs that are to know of a request whose
   * sender dies before an answer comes.
   *
   * @returns the request's index, or undefined where `append` gives it one
   */
  begin?(request: Omit<Op, "index" | "invokeMs" | "endMs" | "type">): Promise<number> | undefined;
  /** @param index that `begin` has given, where there is one */
  append(op: Omit<Op, "index">, index?: number): Op;
}

const linesAtOnce = 500;

/** Every request of one run, in the order in which they ended. Only grows. */
export class History implements OpLog {
  readonly #ops: Op[] = [];

  get ops(): readonly Op[] {
    return this.#ops;
  }

  append(op: Omit<Op, "index">): Op {
    const indexed = { index: this.#ops.length, ...op };
    this.#ops.push(indexed);
    return indexed;
  }

  /** One JSON object a line, some hundred lines at a time: all of a soak make no string. */
  *jsonLines(): Generator<string> {
    for (let at = 0; at < this.#ops.length; at += linesAtOnce)
      yield this.#ops
        .slice(at, at + linesAtOnce)
        .map((op) => `${JSON.stringify(op)}\n`)
        .join("");
  }
}

/** Milliseconds since the epoch, never going back. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
