import { countOf } from "./count-of.ts";
import { describeAnomaly } from "../harness/describe.ts";
import type { Op } from "../harness/history.ts";
import type { Journal, JournalStep, Outcome } from "../harness/journal.ts";
import type { Target } from "../harness/target.ts";
import type { FaultWindow } from "./fault-window.ts";
import type { FleetResult } from "./check-fleet.ts";
import { describeFleetEvidence } from "./describe-fleet.ts";

/** What the journal, the history and their lines in the result are called. */
export const fleetName = "fleet";

export interface FleetJournalOptions {
  readonly target: Target;
  readonly window: FaultWindow | undefined;
  readonly templateId: string | undefined;
  readonly experimentId: string | undefined;
  readonly startedAt: Date;
}

/** Tells of the check as a drill's journal tells of a run, for the same reports. */
export function fleetJournal(
  { verdict, unsafe, evidenceInWindow, totals, clock, notes, pending, history }: FleetResult,
  { target, window, templateId, experimentId, startedAt }: FleetJournalOptions,
): Journal {
  const workers = history.parts.flatMap(({ worker }) => worker ?? []);
  const rate = (name: "writesPerSecond" | "readsPerSecond") =>
    workers.reduce((sum, worker) => sum + (worker[name] ?? 0), 0);
  const [beginMs, fromMs, toMs, endMs] = [
    totals.firstMs,
    window?.fromMs ?? totals.lastMs,
    window?.toMs ?? totals.lastMs,
    totals.lastMs,
  ];
  const phase = (durationMs: number) => ({
    durationMs: Math.max(0, Math.round(durationMs)),
    writesPerSecond: rate("writesPerSecond"),
    readsPerSecond: rate("readsPerSecond"),
  });
  const { endpoint, outputs } = target;
  const { result } = verdict;
  const outcome: Outcome =
    result === "valid" ? "held" : result === "invalid" ? "not-held" : "unknown";
  const at = startedAt.toISOString();
  const step = (name: string, more: Partial<JournalStep> = {}): JournalStep => ({
    phase: "verification",
    status: "passed",
    startedAt: at,
    durationMs: 0,
    name,
    ...more,
  });
  return {
    experiment: fleetName,
    title: `the load of ${countOf(history.parts.length, "process", "processes")}`,
    hypothesis: "nothing that is acknowledged gets lost, stale or doubled",
    outcome,
    seed: [...new Set(workers.map(({ seed }) => seed))].join(", "),
    keyPrefix: "",
    startedAt: new Date(beginMs).toISOString(),
    endedAt: new Date().toISOString(),
    target: {
      ...(endpoint !== undefined && { endpoint }),
      region: outputs.region,
      config: {},
    },
    fault: window
      ? {
          injector: window.source,
          failure: "injected by others",
          ...(templateId !== undefined && { source: { experimentTemplateId: templateId } }),
          id: experimentId ?? window.source,
          injectedAt: new Date(fromMs).toISOString(),
          runningAt: new Date(fromMs).toISOString(),
          stopRequestedAt: new Date(toMs).toISOString(),
          stoppedAt: new Date(toMs).toISOString(),
        }
      : {},
    load: {
      keys: { hot: 0, handover: 0, faultOnly: 0 },
      before: phase(fromMs - beginMs),
      during: phase(toMs - fromMs),
      after: phase(endMs - toMs),
      timeoutMs: 0,
    },
    steps: [
      step("reads the histories", {
        output: [`${countOf(totals.requests, "request")}.`, ...notes].join(" "),
      }),
      step("knows how far clocks may be off", { output: clock.sentence }),
      step("knows when the fault was in effect", {
        output: describeFleetEvidence(window, evidenceInWindow),
      }),
      ...verdict.reasons.map((reason) =>
        step("can tell what became of every acknowledged write", {
          status: result === "invalid" ? "passed" : "unknown",
          ...(result === "invalid" ? { output: reason } : { error: reason }),
        }),
      ),
      step("finds every acknowledged write in the stores", {
        status: result === "invalid" ? "failed" : result === "valid" ? "passed" : "unknown",
        ...(result === "invalid" && {
          error: `${String(Object.values(verdict.counts).reduce((a, b) => a + b, 0))} anomalies`,
        }),
      }),
    ],
    objectives: [],
    measurements: {
      requests: totals.requests,
      acknowledged: totals.acknowledged,
      ...(result !== "unknown" && {
        lost: verdict.counts.lost,
        stale: verdict.counts.stale,
        unsafe,
        counts: verdict.counts,
      }),
      evidence: verdict.evidence,
      ...(clock.ms > 0 && { clockErrorMs: clock.ms }),
      latency: totals.latency,
    },
    verdict,
    anomalies: verdict.anomalies.map(describeAnomaly),
    queueDepth: pending,
    rollbacks: [],
    environment: { node: process.version, platform: `${process.platform} ${process.arch}` },
  };
}

/** The requests that the reports show: a sample, and all of the keys that are not right. */
export function shownOps({ verdict, totals }: Pick<FleetResult, "verdict" | "totals">): Op[] {
  const shown = new Map(totals.sample.ops.map((op) => [op.index, op]));
  for (const { writes, read } of verdict.anomalies)
    for (const op of [...writes, ...(read ? [read] : [])]) shown.set(op.index, op);
  return [...shown.values()].sort((a, b) => a.endMs - b.endMs);
}
