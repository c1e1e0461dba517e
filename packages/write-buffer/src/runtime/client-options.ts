import type { CallBudget } from "../settings.ts";

/**
 * @returns the SDK client options that keep a client inside its budget. `requestTimeout` only
 * aborts with `throwOnRequestTimeout`; the socket timeout covers a response that starts and then
 * stalls (@smithy/node-http-handler, NodeHttpHandlerOptions).
 */
export function clientOptions(budget: CallBudget) {
  return {
    retryMode: "standard",
    maxAttempts: budget.maxAttempts,
    requestHandler: {
      connectionTimeout: budget.connectionTimeoutMs,
      requestTimeout: budget.requestTimeoutMs,
      socketTimeout: budget.requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
}

/** @returns the options of one call: it ends at the budget's deadline, whatever it waits for. */
export function callOptions(budget: CallBudget) {
  return { abortSignal: AbortSignal.timeout(budget.deadlineMs) };
}
