import { isAcknowledged } from "../harness/history.ts";
import type { Op, Phase } from "../harness/history.ts";
import type { LatencySummary } from "../harness/latency-summary.ts";
import type { Evidence } from "../harness/evidence.ts";
import type { Unit } from "./units.ts";

/** What a run has measured, as far as objectives ask for it. */
export interface Measured {
  /** Milliseconds; undefined when the application has not been seen to recover. */
  readonly recoveryMs: number | undefined;
  /** Undefined until the history has been checked. */
  readonly evidence: Evidence | undefined;
  /** The most that was pending at a time, since the fault began; undefined where nothing can be. */
  readonly pendingPeak: number | undefined;
  /** Whether the application has met the fault. */
  readonly faultFired: boolean;
  latency(phase: Phase): LatencySummary | undefined;
  /** Requests that were sent while the phase lasted. */
  sentIn(phase: Phase): readonly Op[];
}

export interface Metric {
  readonly name: string;
  /** The units of its limit; the first is what its value is shown in where the limit gives none. */
  readonly units: readonly Unit[];
  /** Whether it says nothing when the application has not met the fault. */
  readonly needsFault: boolean;
  /** What it is when it could not be measured, as in "… was measured". */
  readonly what: string;
  /** Milliseconds, a share from 0 to 1 or a number; undefined when it could not be measured. */
  read(measured: Measured, unit: Unit): number | undefined;
}

const phases: readonly Phase[] = ["before", "during", "after"];
const percentiles = { p50: "p50Ms", p95: "p95Ms", p99: "p99Ms", max: "maxMs" } as const;

/** Shares and numbers of the writes, or of all requests, by what became of them. */
const outcomes = {
  acknowledged: { of: isWrite, is: isAcknowledged },
  queued: { of: isWrite, is: (op: Op) => op.type === "queued" },
  refused: { of: isWrite, is: (op: Op) => op.status !== undefined && !isAcknowledged(op) },
  unanswered: { of: () => true, is: (op: Op) => op.status === undefined },
} as const;

const latencies = phases.flatMap((phase) =>
  Object.entries(percentiles).map(([name, field]): Metric => ({
    name: `${phase}.${name}`,
    units: ["time"],
    needsFault: phase === "during",
    what: "no answer of this phase",
    read: ({ latency }) => latency(phase)?.[field],
  })),
);

const outcomeMetrics = [undefined, ...phases].flatMap((phase) =>
  Object.entries(outcomes).map(([name, { of, is }]): Metric => ({
    name: phase === undefined ? name : `${phase}.${name}`,
    units: ["share", "count"],
    needsFault: phase !== "before" && phase !== "after",
    what: "no such request",
    read: (measured, unit) => shareOrCount(requestsOf(measured, phase).filter(of), is, unit),
  })),
);

const availabilities = [undefined, ...phases].map((phase): Metric => ({
  name: phase === undefined ? "availability" : `${phase}.availability`,
  units: ["share"],
  needsFault: phase !== "before" && phase !== "after",
  what: "no request of this phase",
  read: (measured, unit) => shareOrCount(requestsOf(measured, phase), isServed, unit),
}));

/** All that objectives can be about; docs/objectives.md says what each means. */
export const metrics: readonly Metric[] = [
  {
    name: "recovery",
    units: ["time"],
    needsFault: true,
    what: "no recovery",
    read: ({ recoveryMs }) => recoveryMs,
  },
  ...latencies,
  ...availabilities,
  ...outcomeMetrics,
  {
    name: "queue.peak",
    units: ["count"],
    needsFault: true,
    what: "nothing that can be pending",
    read: ({ pendingPeak }) => pendingPeak,
  },
  {
    name: "evidence.writes",
    units: ["count"],
    needsFault: false,
    what: "no checked history",
    read: ({ evidence }) => evidence?.all,
  },
  {
    name: "evidence.loss",
    units: ["share"],
    needsFault: false,
    what: "no write that could show its loss",
    read: ({ evidence }) => evidence?.smallestLossRate,
  },
];

/** A write that was acknowledged, or a read that was answered with what there is. */
function isServed(op: Op): boolean {
  return isWrite(op) ? isAcknowledged(op) : op.type === "ok" || op.status === 404;
}

function isWrite({ kind }: Pick<Op, "kind">): boolean {
  return kind === "write";
}

function requestsOf({ sentIn }: Measured, phase: Phase | undefined): readonly Op[] {
  return (phase === undefined ? phases : [phase]).flatMap((each) => sentIn(each));
}

function shareOrCount(ops: readonly Op[], is: (op: Op) => boolean, unit: Unit): number | undefined {
  if (ops.length === 0) return undefined;
  const count = ops.filter(is).length;
  return unit === "share" ? count / ops.length : count;
}
