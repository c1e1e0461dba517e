import { readJournal } from "../../../chaos/html/read-journal.ts";
import { readRow, readSummary } from "../../../chaos/html/read-summary.ts";
import { renderReport } from "../../../chaos/html/render-report.ts";
import { readRequest } from "../../../chaos/html/request.ts";
import type { RunView } from "../../../chaos/html/run-view.ts";

/** Epoch milliseconds at which the fault of the sample begins. */
export const faultMs = Date.UTC(2026, 10, 25, 13, 0, 0);

export const sampleHistory = [
  { kind: "write", key: "hot-1", value: "v1", type: "ok", status: 200, at: -900, ms: 12 },
  { kind: "read", key: "hot-1", value: "v1", type: "ok", status: 200, at: -500, ms: 4 },
  { kind: "write", key: "hot-1", value: "v2", type: "queued", status: 200, at: 300, ms: 40 },
  { kind: "write", key: "only-1", value: "v3", type: "queued", status: 200, at: 500, ms: 33 },
  { kind: "write", key: "hot-2", value: "v4", type: "fail", status: 400, at: 700, ms: 9 },
  { kind: "write", key: "hot-2", value: "v5", type: "info", status: 503, at: 900, ms: 800 },
  { kind: "read", key: "hot-2", type: "info", status: 503, at: 1_100, ms: 120 },
  { kind: "read", key: "only-1", type: "fail", status: 404, at: 4_000, ms: 7 },
].map(({ at, ms, ...op }, index) => ({
  index,
  ...op,
  body: "said",
  phase: "during",
  process: 0,
  intendedMs: faultMs + at,
  invokeMs: faultMs + at,
  endMs: faultMs + at + ms,
}));

export function sampleJournal(): Record<string, unknown> {
  const iso = (at: number) => new Date(faultMs + at).toISOString();
  const lost = {
    kind: "lost",
    key: "only-1",
    message: "only-1: the acknowledged write was not in the table.",
    expected: sampleHistory[3],
    looks: [{}],
    writes: [sampleHistory[3]],
  };
  const misread = { ...lost, kind: "stale-read", read: sampleHistory[7] };
  return {
    experiment: "outage",
    title: "DynamoDB fails every call",
    hypothesis: "all of them end up in the table",
    outcome: "not-held",
    seed: "5eed",
    startedAt: iso(-2_000),
    endedAt: iso(9_000),
    target: { endpoint: "http://127.0.0.1:4566", region: "us-east-1", config: { atomic: "true" } },
    fault: {
      injector: "FIS",
      failure: "dynamodb fails",
      source: { actions: { one: { parameters: { percentage: "100" } } } },
      id: "EXP1",
      injectedAt: iso(-50),
      runningAt: iso(0),
      stopRequestedAt: iso(2_000),
      stoppedAt: iso(2_100),
    },
    steps: [
      { phase: "fault", name: "starts", status: "passed", startedAt: iso(0), durationMs: 5 },
      {
        phase: "verification",
        name: "nothing is lost",
        status: "failed",
        durationMs: 1,
        error: "NotHeldError: 1 lost",
      },
    ],
    measurements: {
      requests: sampleHistory.length,
      acknowledged: 3,
      unsafe: 1,
      counts: { lost: 1, stale: 0, "stale-read": 1 },
      evidence: { queued: 2, all: 3, smallestLossRate: 0.9 },
      recoveryMs: 1_500,
      latency: { during: { count: 5, p50Ms: 40, p95Ms: 800, p99Ms: 800, maxMs: 800 } },
    },
    verdict: { result: "invalid", anomalies: [lost, misread] },
    queueDepth: [
      { atMs: faultMs + 400, visible: 1, inFlight: 1 },
      { atMs: faultMs + 2_500, visible: 0, inFlight: 0 },
    ],
    looks: [{ startMs: faultMs + 3_000, endMs: faultMs + 3_005, missing: 1 }],
    limits: { recoveryMs: 60_000 },
    rollbacks: [],
    environment: { node: "v24", platform: "linux x64" },
  };
}

/** A run of one experiment as its files would be read. */
export function runOf(journal: unknown, history: readonly unknown[]): RunView {
  const fields = journal as Record<string, unknown>;
  const row = readRow({ ...(fields["measurements"] as object), ...fields });
  const requests = history.flatMap((op, index) => readRequest(op, index) ?? []);
  const summary = { ...readSummary({ seed: "5eed", experiments: [] }), experiments: [row] };
  return { summary, experiments: [readJournal(row, journal, requests, [])] };
}

export function renderSample(
  journal: unknown = sampleJournal(),
  history: readonly unknown[] = sampleHistory,
): string {
  return renderReport(runOf(journal, history));
}
