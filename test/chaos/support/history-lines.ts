import type { Op } from "../../../chaos/harness/history.ts";
import { machineId } from "../../../chaos/fleet/clock-error.ts";

/** The first line of a worker's history. */
export function workerLine(more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    format: "outage-drill-history",
    version: 1,
    id: "a1",
    worker: "1/1",
    seed: "seed",
    keyPrefix: "fleet-1-",
    machine: machineId(),
    startMs: 0,
    ...more,
  });
}

/** What a worker writes before it sends. */
export function sentLine({ endMs, type, ...sent }: Op): string {
  void [endMs, type];
  return JSON.stringify({ sent });
}

export function endLine(requests: number, clockStepMs = 0): string {
  return JSON.stringify({ end: { atMs: 0, requests, clockStepMs } });
}
