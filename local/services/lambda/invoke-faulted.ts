import type { ExecutionEnvironment, InvocationResult } from "./execution-environment.ts";
import type { InvocationEffect } from "./invocation-fault.ts";

/** What every injected error says. */
const errorMessage = "Failing as per Fault Injection Simulator configuration";

/** What an invocation answers that a fault keeps from the function. The body is empty. */
export function faultedResult(
  effect: Exclude<InvocationEffect, { kind: "delay" }>,
): InvocationResult {
  if (effect.kind === "error")
    return {
      functionError: "Unhandled",
      payload: JSON.stringify({ errorType: "FaultInjection", errorMessage }),
    };
  const { statusCode, contentType } = effect;
  return {
    payload: JSON.stringify({
      statusCode,
      headers: { "Content-Type": contentType },
      body: "",
      isBase64Encoded: false,
    }),
  };
}

type Invocation = Parameters<ExecutionEnvironment["invoke"]>[0];

/** Runs one event with what a fault does to it. */
export async function invokeFaulted(
  environment: ExecutionEnvironment,
  invocation: Invocation,
  effect: InvocationEffect | undefined,
): Promise<InvocationResult> {
  if (effect === undefined) return environment.invoke(invocation);
  if (effect.kind === "delay") return environment.invoke(invocation, effect.startupDelayMs);
  if (effect.preventExecution) return faultedResult(effect);
  const result = await environment.invoke(invocation);
  // A function that has failed by itself keeps its own error.
  return result.functionError ? result : faultedResult(effect);
}
