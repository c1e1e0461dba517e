import { randomUUID } from "node:crypto";
import type { InvocationResult } from "./execution-environment.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { invokeFaulted } from "./invoke-faulted.ts";

/** Runs one event in an execution environment of the function, and logs how it ended if it failed. */
export async function runFunction(
  lambdaFunction: LambdaFunction,
  payload: string,
  {
    environments,
    host,
    invocationFaults,
  }: Pick<LambdaContext, "environments" | "host" | "invocationFaults">,
  clientContext?: string,
): Promise<InvocationResult & { readonly requestId: string }> {
  const requestId = randomUUID();
  const facts = { region: lambdaFunction.region, functionName: lambdaFunction.name };
  let beganMs: number | undefined;
  const result = await environments
    .of(lambdaFunction)
    .with((environment) => {
      beganMs = performance.now();
      return invokeFaulted(
        environment,
        {
          requestId,
          payload,
          functionArn: lambdaFunction.arn,
          ...(clientContext !== undefined && { clientContext }),
        },
        invocationFaults.next(lambdaFunction.arn, requestId),
      );
    })
    .catch((error: unknown) => {
      if (beganMs === undefined)
        host.recordInvocation?.({ ...facts, outcome: "throttled", durationMs: 0 });
      throw error;
    });
  host.recordInvocation?.({
    ...facts,
    outcome: result.functionError ? "failed" : "succeeded",
    durationMs: performance.now() - (beganMs ?? performance.now()),
  });
  if (result.functionError)
    host.log({
      event: "function-error",
      function: lambdaFunction.name,
      error: firstOf(result.payload),
      requestId,
    });
  return { ...result, requestId };
}

function firstOf(payload: string): string {
  const { errorType, errorMessage } = JSON.parse(payload) as Record<string, string>;
  return `${String(errorType)}: ${String(errorMessage)}`;
}
