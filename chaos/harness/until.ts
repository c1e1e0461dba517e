import { setTimeout as wait } from "node:timers/promises";
import { CannotRunError } from "../cannot-run-error.ts";

export interface UntilOptions<T> {
  readonly deadlineMs: number;
  readonly intervalMs?: number;
  /** When the awaited thing has come; by default, when the value is truthy. */
  readonly accept?: (value: T) => boolean;
  /** Aborting ends the wait with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A wait that reached its deadline; its message names what was awaited and what was seen last. */
export class UntilError extends Error {
  override readonly name = "UntilError";
}

/**
 * Polls `probe` until its value is accepted, and returns that value. A probe that throws counts as
 * "not yet", and its error is what was seen last; a CannotRunError ends the wait.
 *
 * @param what what is awaited, as in "the experiment runs"
 * @throws UntilError when `deadlineMs` have passed, also while a probe hangs
 */
export async function until<T>(
  what: string,
  probe: (signal: AbortSignal) => T | Promise<T>,
  options: UntilOptions<T>,
): Promise<T> {
  const { deadlineMs, intervalMs = 50, accept = Boolean } = options;
  const startedMs = performance.now();
  const expiry = new AbortController();
  const timer = setTimeout(() => {
    expiry.abort();
  }, deadlineMs);
  const signal = options.signal ? AbortSignal.any([expiry.signal, options.signal]) : expiry.signal;
  let seen = "nothing yet";
  try {
    for (;;) {
      signal.throwIfAborted();
      try {
        const value = await orAbort(Promise.resolve(probe(signal)), signal);
        if (accept(value)) return value;
        seen = show(value);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof CannotRunError) throw error;
        seen = String(error);
      }
      await wait(intervalMs, undefined, { signal });
    }
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (!expiry.signal.aborted) throw error;
    const waitedSeconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    throw new UntilError(`Waited ${waitedSeconds} s until ${what}; last seen: ${seen}`);
  } finally {
    clearTimeout(timer);
  }
}

/** The promise, or a rejection as soon as the signal aborts. */
export async function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener("abort", onAbort);
  }
}

function show(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
