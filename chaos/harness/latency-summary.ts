import type { Op } from "./history.ts";

/** Milliseconds from when a request was meant to be sent to its end. */
export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Undefined when there are no requests. Percentiles are nearest-rank, so each was really seen. */
export function summarizeLatency(ops: readonly Op[]): LatencySummary | undefined {
  const sorted = ops.map((op) => op.endMs - op.intendedMs).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const at = (quantile: number) => round(sorted[Math.ceil(quantile * sorted.length) - 1] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
