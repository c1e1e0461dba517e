import { CannotRunError } from "../cannot-run-error.ts";
import type { Op } from "../harness/history.ts";
import type { EndLine, SentOp, WorkerLine } from "./history-line.ts";
import { parseHistoryLine } from "./history-line.ts";
import { readLines } from "./read-lines.ts";

/** What one process has written, in the order in which requests ended. */
export interface HistoryPart {
  readonly file: string;
  /** Absent in a history that no worker wrote, such as a drill's. */
  readonly worker?: WorkerLine;
  /** Requests that ended. */
  requests: number;
  /** Requests that were sent and of which nothing says how they ended; they count as unanswered. */
  unanswered: number;
  end?: EndLine["end"];
  /** Number of a last line that stops in the middle. */
  cutOffAt?: number;
  /** The greatest index of a request. */
  lastIndex: number;
  /** The latest time of a request, in epoch milliseconds by the process's clock. */
  latestMs: number;
}

export interface HistoryEntry {
  readonly part: HistoryPart;
  readonly line: number;
  /** As it stands in the file; of a write that got no answer, with an end. */
  readonly text: string;
  readonly op: Op;
}

/** Takes the requests of histories one by one. */
export type OnEntry = (entry: HistoryEntry) => void;

/**
 * Reads a history file; `onEntry` gets each request. A write that was sent and has no line that ends it is
 * given as unanswered (`info`) at the end of its part.
 *
 * @returns its parts: one for each worker whose history is in the file
 * @throws CannotRunError with the file, the line and what is wrong with it
 */
export async function readHistory(file: string, onEntry: OnEntry): Promise<HistoryPart[]> {
  const parts: HistoryPart[] = [];
  let open = new Map<number, { readonly sent: SentOp; readonly line: number }>();
  const begin = (worker?: WorkerLine): HistoryPart => {
    const part: HistoryPart = {
      file,
      ...(worker && { worker }),
      requests: 0,
      unanswered: 0,
      lastIndex: -1,
      latestMs: worker?.startMs ?? -Infinity,
    };
    parts.push(part);
    return part;
  };
  const close = (part: HistoryPart | undefined) => {
    if (!part) return;
    for (const { sent, line } of open.values()) {
      const op = {
        ...sent,
        endMs: Math.max(sent.invokeMs, part.latestMs),
        type: "info" as const,
        error: "its sender ended before an answer came",
      };
      part.unanswered += 1;
      onEntry({ part, line, text: JSON.stringify(op), op });
    }
    open = new Map();
  };
  let part: HistoryPart | undefined;
  for await (const { from, lines, isCutOff } of readLines(file))
    for (const [at, text] of lines.entries()) {
      const number = from + at;
      const trimmed = text.trim();
      if (trimmed === "" && !isCutOff) continue;
      let line;
      try {
        line = parseHistoryLine(text);
      } catch (error) {
        if (isCutOff && error instanceof SyntaxError) {
          part ??= begin();
          part.cutOffAt = number;
          continue;
        }
        const what = error instanceof SyntaxError ? "it is no JSON" : (error as Error).message;
        throw new CannotRunError(
          `${file}, line ${String(number)}: ${what}; a history has one request a line, as outage-drill load writes it.`,
        );
      }
      if (line.is === "worker") {
        close(part);
        part = begin(line.worker);
        continue;
      }
      part ??= begin();
      if (line.is === "end") {
        part.end = line.end;
        continue;
      }
      delete part.end;
      const op = line.is === "op" ? line.op : line.sent;
      part.lastIndex = Math.max(part.lastIndex, op.index);
      if (line.is === "sent") {
        part.latestMs = Math.max(part.latestMs, op.invokeMs);
        open.set(op.index, { sent: line.sent, line: number });
        continue;
      }
      part.latestMs = Math.max(part.latestMs, line.op.endMs);
      part.requests += 1;
      open.delete(op.index);
      onEntry({ part, line: number, text, op: line.op });
    }
  close(part);
  return parts;
}
