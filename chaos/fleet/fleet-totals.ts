import type { Op, Phase } from "../harness/history.ts";
import { isAcknowledged } from "../harness/history.ts";
import type { LatencySummary } from "../harness/latency-summary.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { phaseOf, showsFault } from "./fault-window.ts";
import type { FaultWindow } from "./fault-window.ts";

/** A report draws up to 20,000 requests one by one. */
const mostKept = 20_000;

/** Counts, latencies and a sample of all requests, in memory that does not grow with them. */
export class FleetTotals {
  acknowledged = 0;
  requests = 0;
  /** Requests that ended as they would not have without a fault, of those that may have met it. */
  faultSigns = 0;
  firstMs = Infinity;
  lastMs = -Infinity;
  readonly #latencies: Record<Phase, LatencyHistogram> = {
    before: new LatencyHistogram(),
    during: new LatencyHistogram(),
    after: new LatencyHistogram(),
  };
  readonly #window: FaultWindow | undefined;
  #stride = 1;
  #kept: Op[] = [];

  constructor(window: FaultWindow | undefined) {
    this.#window = window;
  }

  add(op: Op): void {
    const phase = phaseOf(op, this.#window, 0);
    this.#latencies[phase].add(op.endMs - op.intendedMs);
    if (isAcknowledged(op)) this.acknowledged += 1;
    if (phase === "during" && showsFault(op)) this.faultSigns += 1;
    this.firstMs = Math.min(this.firstMs, op.invokeMs);
    this.lastMs = Math.max(this.lastMs, op.endMs);
    this.keep({ ...op, index: this.requests, phase });
    this.requests += 1;
  }

  /** Every n-th request, in the order in which they ended. */
  get sample(): { readonly every: number; readonly ops: readonly Op[] } {
    return { every: this.#stride, ops: [...this.#kept].sort((a, b) => a.endMs - b.endMs) };
  }

  get latency(): Readonly<Partial<Record<Phase, LatencySummary>>> {
    return Object.fromEntries(
      Object.entries(this.#latencies).flatMap(([phase, histogram]) => {
        const summary = histogram.summary();
        return summary ? [[phase, summary]] : [];
      }),
    );
  }

  private keep(op: Op): void {
    if (op.index % this.#stride !== 0) return;
    this.#kept.push(op);
    if (this.#kept.length <= mostKept) return;
    this.#stride *= 2;
    this.#kept = this.#kept.filter(({ index }) => index % this.#stride === 0);
  }
}
