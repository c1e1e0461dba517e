import { setTimeout as wait } from "node:timers/promises";

/**
 * Lets so much time pass; at once when it is none.
 * @throws the signal's reason when it aborts
 */
export async function interruptibleDelay(delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (delayMs <= 0) return;
  await wait(delayMs, undefined, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
}
