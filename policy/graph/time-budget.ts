import type { AllowedCalls, CallBudget } from "./calls.ts";

/**
 * The SDK for JavaScript v3 in standard mode waits a random part of 100 ms · 2^n before retry n
 * (@smithy/core, DEFAULT_RETRY_DELAY_BASE), at most 20 s.
 */
const RETRY_DELAY_BASE_MS = 100;
const MAXIMUM_RETRY_DELAY_MS = 20_000;

/** @returns the longest time that the retries of a call wait between its attempts. */
export function backoffMs(maxAttempts: number): number {
  let sum = 0;
  for (let retry = 0; retry < maxAttempts - 1; retry += 1)
    sum += Math.min(RETRY_DELAY_BASE_MS * 2 ** retry, MAXIMUM_RETRY_DELAY_MS);
  return sum;
}

/** @returns attempts × timeout + backoff, without the deadline that may end them before. */
export function attemptsMs({ maxAttempts, requestTimeoutMs }: CallBudget): number {
  return maxAttempts * requestTimeoutMs + backoffMs(maxAttempts);
}

/** @returns the longest time that a function waits for all its calls, one after the other. */
export function longestWaitMs(calls: readonly AllowedCalls[]): number {
  return calls.reduce((sum, { budget }) => sum + (budget ? waitMs(budget) : 0), 0);
}

function waitMs(budget: CallBudget): number {
  return budget.deadlineMs ?? attemptsMs(budget);
}

/** @returns the sum in numbers, such as `dynamodb 2 × 500 ms + 100 ms backoff, at most 1,200 ms`. */
export function describeWaits(calls: readonly AllowedCalls[]): string {
  return calls
    .flatMap(({ actions, budget }) => {
      if (budget === undefined) return [];
      const service = actions[0]?.split(":")[0] ?? "call";
      const { maxAttempts, requestTimeoutMs } = budget;
      const attempts = `${service} ${String(maxAttempts)} × ${formatMs(requestTimeoutMs)} + ${formatMs(backoffMs(maxAttempts))} backoff`;
      return budget.deadlineMs === undefined
        ? [attempts]
        : [`${attempts}, at most ${formatMs(budget.deadlineMs)}`];
    })
    .join("; ");
}

/** @returns such as `1,200 ms`. */
export function formatMs(value: number): string {
  return `${value.toLocaleString("en-US")} ms`;
}
