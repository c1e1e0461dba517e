import type { Answer, Result } from "../workload-contract.ts";

/**
 * What an answer means where the workload does not say otherwise. 408 and 429 may come from something in
 * front of the application, after it or before it.
 */
export function classifyAnswer({ status }: Pick<Answer, "status">): Result {
  if (status === 202) return "queued";
  if (status >= 200 && status < 300) return "ok";
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? "fail" : "info";
}
