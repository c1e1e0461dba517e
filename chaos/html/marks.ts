import type { Request } from "./request.ts";
import type { TimeScale } from "./time-scale.ts";

/** How a request is drawn: what became of a write, and whether a read was answered. */
export const markKinds = ["read", "unread", "ok", "queued", "fail", "info"] as const;
export type MarkKind = (typeof markKinds)[number];

export const markNames: Readonly<Record<MarkKind, string>> = {
  ok: "write taken by the store",
  queued: "write taken by the queue",
  fail: "write refused",
  info: "write without a clear answer",
  read: "read",
  unread: "read that failed",
};

/** Inner units of a chart: ten for a pixel of height, ten thousand for its width. */
export const chartWidth = 10_000;

export interface LatencyScale {
  readonly lowMs: number;
  readonly highMs: number;
  readonly height: number;
  /** Inner units from the top. */
  y(ms: number): number;
}

export function kindOf({ kind, type }: Request): MarkKind {
  if (kind === "write") return type;
  return type === "ok" || type === "fail" ? "read" : "unread";
}

/** Milliseconds from when a request was due, which is where it is drawn, to its end. */
export function latencyOf({ intendedMs, endMs }: Request): number {
  return Math.max(0, endMs - intendedMs);
}

/** Whole decades around all latencies, at least two of them. */
export function latencyScaleOf(requests: readonly Request[], height: number): LatencyScale {
  let low = Infinity;
  let high = 0.1;
  for (const request of requests) {
    const ms = Math.max(0.1, latencyOf(request));
    low = Math.min(low, ms);
    high = Math.max(high, ms);
  }
  const first = Math.floor(Math.log10(Math.min(low, high)));
  const last = Math.max(first + 2, Math.ceil(Math.log10(high)));
  return {
    lowMs: 10 ** first,
    highMs: 10 ** last,
    height,
    y(ms) {
      const share = (Math.log10(Math.max(ms, 10 ** first)) - first) / (last - first);
      return Math.round((1 - Math.min(1, share)) * height);
    },
  };
}

export function xOf(scale: TimeScale, atMs: number): number {
  return Math.round((scale.percent(atMs) / 100) * chartWidth);
}

/** A path of points; round and square line caps make dots of them that no scaling distorts. */
export function pointsPath(
  requests: readonly Request[],
  scale: TimeScale,
  latency: LatencyScale,
): string {
  return requests
    .map(
      (each) => `M${String(xOf(scale, each.intendedMs))} ${String(latency.y(latencyOf(each)))}h0`,
    )
    .join("");
}

export interface Bucket {
  readonly atMs: number;
  readonly leastMs: number;
  readonly medianMs: number;
  readonly mostMs: number;
  readonly count: number;
}

/** Requests of one kind in `slices` equal parts of the axis. */
export function bucketsOf(
  requests: readonly Request[],
  scale: TimeScale,
  slices: number,
): readonly Bucket[] {
  const width = (scale.toMs - scale.fromMs) / slices;
  const groups = Map.groupBy(requests, ({ intendedMs }) =>
    Math.floor((intendedMs - scale.fromMs) / width),
  );
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([slice, group]) => {
      const sorted = group.map(latencyOf).sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
      return {
        atMs: scale.fromMs + (slice + 0.5) * width,
        leastMs: at(0),
        medianMs: at(0.5),
        mostMs: at(1),
        count: group.length,
      };
    });
}
