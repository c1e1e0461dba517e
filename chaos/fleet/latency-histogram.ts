import type { LatencySummary } from "../harness/latency-summary.ts";

/** Each bucket is wider than the one below by this factor, so that a percentile is that exact. */
const growth = 1.01;
const leastMs = 0.1;

/** Latencies of any number of requests in constant memory; percentiles are within 1 %. */
export class LatencyHistogram {
  readonly #buckets = new Map<number, number>();
  #count = 0;
  #maxMs = 0;

  add(ms: number): void {
    const bucket = Math.ceil(Math.log(Math.max(ms, leastMs) / leastMs) / Math.log(growth));
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#count += 1;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  /** Undefined when there are no requests. */
  summary(): LatencySummary | undefined {
    if (this.#count === 0) return undefined;
    const sorted = [...this.#buckets].sort(([a], [b]) => a - b);
    const at = (quantile: number) => {
      let left = Math.ceil(quantile * this.#count);
      for (const [bucket, count] of sorted) {
        left -= count;
        if (left <= 0) return round(Math.min(leastMs * growth ** bucket, this.#maxMs));
      }
      return round(this.#maxMs);
    };
    return {
      count: this.#count,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      maxMs: round(this.#maxMs),
    };
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
