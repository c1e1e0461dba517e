import type { FaultStore } from "./fault-store.ts";
import type { FaultRule } from "./rule.ts";

export type WaitEnd = "elapsed" | "rule-removed" | "caller-gone";

/** The longest wait that a timer of Node can hold (2^31 - 1 ms, some 24 days). */
const longestWaitMs = 2 ** 31 - 1;

/**
 * Waits for `delayMs`, or without it for as long as the rule is in force. Ends early when the rule
 * goes out of force, so that a stopped experiment lets waiting calls go on, and when the caller has
 * gone.
 */
export function waitOut(
  rule: FaultRule,
  delayMs: number | undefined,
  store: FaultStore,
  signal?: AbortSignal,
) {
  return new Promise<WaitEnd>((resolve) => {
    if (signal?.aborted) return resolve("caller-gone");
    if (!store.isInForce(rule)) return resolve("rule-removed");
    if (delayMs !== undefined && delayMs <= 0) return resolve("elapsed");

    const onElapsed = () => {
      end("elapsed");
    };
    const timer =
      delayMs === undefined
        ? undefined
        : setTimeout(onElapsed, Math.min(delayMs, longestWaitMs)).unref();
    const unwatch = store.onRemoval(rule, () => {
      end("rule-removed");
    });
    const onAbort = () => {
      end("caller-gone");
    };
    signal?.addEventListener("abort", onAbort, { once: true });

    function end(reason: WaitEnd): void {
      clearTimeout(timer);
      unwatch();
      signal?.removeEventListener("abort", onAbort);
      resolve(reason);
    }
  });
}
