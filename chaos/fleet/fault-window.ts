import type { Op, Phase } from "../harness/history.ts";

/** When a fault was in effect, in epoch milliseconds by the clock of the cloud or of whoever gave it. */
export interface FaultWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** Where the times are from, such as "FIS experiment EXP1". */
  readonly source: string;
}

/**
 * When a request was sent, seen from the fault. A clock's error around its edges counts as the fault:
 * nobody can tell.
 *
 * @param clockErrorMs how far the sender's clock may be off
 */
export function phaseOf(
  { invokeMs, endMs }: Pick<Op, "invokeMs" | "endMs">,
  window: FaultWindow | undefined,
  clockErrorMs: number,
): Phase {
  if (!window || endMs + clockErrorMs < window.fromMs) return "before";
  return invokeMs - clockErrorMs > window.toMs ? "after" : "during";
}

/** Whether a request was certainly sent and answered while the fault was in effect. */
export function isInside(
  { invokeMs, endMs }: Pick<Op, "invokeMs" | "endMs">,
  { fromMs, toMs }: FaultWindow,
  clockErrorMs: number,
): boolean {
  return invokeMs - clockErrorMs >= fromMs && endMs + clockErrorMs <= toMs;
}

/** No request is this slow without a fault; as in a drill. */
const slowMs = 3_000;

/** Whether a request ended as it would not have without a fault. */
export function showsFault({ kind, type, status, invokeMs, endMs }: Op): boolean {
  if (endMs - invokeMs >= slowMs || type === "info" || type === "queued") return true;
  return type === "fail" && !(kind === "read" && (status === 404 || status === undefined));
}
