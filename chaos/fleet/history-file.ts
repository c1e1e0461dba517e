import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { CannotRunError } from "../cannot-run-error.ts";
import type { Op, OpLog } from "../harness/history.ts";
import { nowMs } from "../harness/history.ts";
import { until } from "../harness/until.ts";
import type { EndLine, SentLine, WorkerLine } from "./history-line.ts";

/** The most that waits for the disk; a disk that falls further behind does not keep up. */
const mostWaitingCharacters = 32 << 20;
/** Requests that are aborted end at once. */
const endsWithinMs = 2_000;

/**
 * Writes the history of one process while it sends. A write stands in the file before it is sent, so that
 * whatever ends the process, nothing has been sent that the history does not know. What waits for the disk
 * is written at once together.
 */
export class HistoryFile implements OpLog {
  requests = 0;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #onProblem: (problem: Error) => void;
  readonly #offsetMs: number;
  #bytes = 0;
  #indexes = 0;
  #waiting: string[] = [];
  #waitingCharacters = 0;
  #writing: Promise<void> | undefined;
  #queued: Promise<void> | undefined;
  /** Writes that were sent and have not ended. */
  #open = 0;
  #problem: Error | undefined;

  private constructor(path: string, file: FileHandle, onProblem: (problem: Error) => void) {
    this.#path = path;
    this.#file = file;
    this.#onProblem = onProblem;
    this.#offsetMs = clockOffsetMs();
  }

  /**
   * @param onProblem called once, when the file cannot be written any more: nothing may be sent then
   * @throws CannotRunError when there is such a file, or none can be made
   */
  static async create(
    path: string,
    worker: WorkerLine,
    onProblem: (problem: Error) => void,
  ): Promise<HistoryFile> {
    const file = await open(path, "ax").catch((error: unknown) => {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      throw new CannotRunError(
        code === "EEXIST"
          ? `The history ${path} exists: a history is never overwritten; give another file with --history.`
          : `Cannot write the history ${path} (${code}).`,
      );
    });
    const history = new HistoryFile(path, file, onProblem);
    await history.write(worker);
    if (history.#problem) throw history.#problem;
    return history;
  }

  begin(request: Omit<Op, "index" | "invokeMs" | "endMs" | "type">): Promise<number> | undefined {
    if (request.kind === "read") return undefined;
    const index = this.#indexes++;
    this.#open += 1;
    const line: SentLine = { sent: { ...request, index, invokeMs: nowMs() } };
    return this.write(line).then(() => index);
  }

  append(op: Omit<Op, "index">, index = this.#indexes++): Op {
    const indexed = { index, ...op };
    this.requests += 1;
    if (op.kind === "write") this.#open -= 1;
    void this.write(indexed);
    return indexed;
  }

  /**
   * Writes the line that says that all that was sent has ended, as far as it has; a later request makes it
   * void.
   */
  async settle(): Promise<void> {
    await until("what was sent has ended", () => this.#open, {
      deadlineMs: endsWithinMs,
      intervalMs: 10,
      accept: (open) => open === 0 || this.#problem !== undefined,
    }).catch(() => undefined);
    const end: EndLine["end"] = {
      atMs: nowMs(),
      requests: this.requests,
      clockStepMs: Math.round(clockOffsetMs() - this.#offsetMs),
    };
    if (!this.#problem) await this.write({ end });
    await this.#writing;
  }

  /** Ends the history in order. */
  async close(): Promise<void> {
    try {
      await this.settle();
    } finally {
      await this.#file.close();
    }
  }

  /** Resolves when the line is in the file, or can no longer get there. */
  private write(line: object): Promise<void> {
    if (this.#problem) return Promise.resolve();
    const text = `${JSON.stringify(line)}\n`;
    this.#waiting.push(text);
    this.#waitingCharacters += text.length;
    if (this.#waitingCharacters > mostWaitingCharacters)
      this.fail(
        new CannotRunError(
          `The disk of ${this.#path} does not keep up: ${String(this.#waiting.length)} lines wait for it; lower --rate, or write the history elsewhere.`,
        ),
      );
    const before = this.#writing ?? Promise.resolve();
    // Whatever comes while the disk is busy is one write.
    this.#queued ??= before.then(() => this.flush());
    return this.#queued;
  }

  private async flush(): Promise<void> {
    this.#queued = undefined;
    const bytes = Buffer.from(this.#waiting.join(""));
    this.#waiting = [];
    this.#waitingCharacters = 0;
    this.#writing = this.writeBytes(bytes);
    await this.#writing;
  }

  private async writeBytes(bytes: Buffer): Promise<void> {
    if (this.#problem) return;
    try {
      await this.#file.appendFile(bytes);
      this.#bytes += bytes.length;
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      this.fail(new CannotRunError(`Cannot write the history ${this.#path} (${code}).`));
      // A line that was written in part would be no line.
      await this.#file.truncate(this.#bytes).catch(() => undefined);
    }
  }

  private fail(problem: Error): void {
    if (this.#problem) return;
    this.#problem = problem;
    this.#onProblem(problem);
  }
}

/** By how much the time of day is ahead of the process's clock, which nobody sets. */
function clockOffsetMs(): number {
  return Date.now() - nowMs();
}
