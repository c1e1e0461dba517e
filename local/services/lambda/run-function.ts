import { randomUUID } from "node:crypto";
import type { InvocationResult } from "./execution-environment.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { LambdaContext } from "./lambda-context.ts";

/** Runs one event in an execution environment of the function, and logs how it ended if it failed. */
export async function runFunction(
  lambdaFunction: LambdaFunction,
  payload: string,
  { environments, host }: Pick<LambdaContext, "environments" | "host">,
): Promise<InvocationResult & { readonly requestId: string }> {
  const requestId = randomUUID();
  const result = await environments
    .of(lambdaFunction)
    .with((environment) =>
      environment.invoke({ requestId, payload, functionArn: lambdaFunction.arn }),
    );
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
