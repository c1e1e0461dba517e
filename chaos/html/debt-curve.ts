import type { Request } from "./request.ts";
import type { LookView } from "./run-view.ts";

/** From a time on so many acknowledged writes may not have been in the stores. */
export interface DebtPoint {
  readonly atMs: number;
  readonly writes: number;
  /** Whether it was counted in the stores at that time. */
  readonly isMeasured: boolean;
}

export interface DebtOptions {
  readonly requests: readonly Request[];
  /** What was missing when the stores were read, in that order. */
  readonly looks: readonly LookView[];
}

interface Event {
  readonly atMs: number;
  apply(): DebtPoint | undefined;
}

/**
 * How many acknowledged writes were not known to be in the stores. A look counts them. Between looks
 * each write that a queue has acknowledged since is added; until the first
 * look, a read that shows a write takes it and all that were acknowledged before it off.
 */
export function debtCurve({ requests, looks }: DebtOptions): readonly DebtPoint[] {
  const open = new Map<string, Set<Request>>();
  let count = 0;
  let counted: { readonly look: LookView; readonly since: number } | undefined;
  const point = (atMs: number): DebtPoint => ({ atMs, writes: count, isMeasured: false });
  const events: Event[] = [];
  for (const request of requests) {
    if (request.kind === "write" && request.type === "queued")
      events.push({
        atMs: request.endMs,
        apply() {
          count += 1;
          const [key = ""] = request.keys;
          if (!counted) open.set(key, (open.get(key) ?? new Set()).add(request));
          return point(request.endMs);
        },
      });
    if (request.kind === "read" && request.type === "ok" && request.value !== undefined)
      events.push({
        atMs: request.endMs,
        apply() {
          const [key = ""] = request.keys;
          const waiting = open.get(key);
          if (counted || !waiting) return undefined;
          const settled = settledBy(request, waiting);
          for (const write of settled) waiting.delete(write);
          count -= settled.length;
          return settled.length > 0 ? point(request.endMs) : undefined;
        },
      });
  }
  for (const look of looks)
    events.push({
      atMs: look.atMs,
      apply() {
        const since = requests.filter(
          ({ kind, type, endMs }) =>
            kind === "write" && type === "queued" && endMs >= look.startMs && endMs <= look.atMs,
        ).length;
        counted = { look, since };
        count = look.missing + since;
        return { atMs: look.atMs, writes: count, isMeasured: true };
      },
    });
  return events.sort((a, b) => a.atMs - b.atMs).flatMap((event) => event.apply() ?? []);
}

/** The write that a read has shown, and those that had been acknowledged before it was sent. */
function settledBy(read: Request, waiting: ReadonlySet<Request>): Request[] {
  const shown = [...waiting].filter(({ value }) => value === read.value);
  // A value that several writes share may be that of the first of them.
  const first = shown.sort((a, b) => a.invokeMs - b.invokeMs)[0];
  if (!first) return [];
  return [...waiting].filter((write) => write === first || write.endMs < first.invokeMs);
}
