import { AwsError } from "../../wire/aws-error.ts";
import { TransportFailure } from "../../wire/transport-failure.ts";
import type { LambdaInvoker, LambdaResult } from "../lambda/lambda-invoker.ts";
import { answerInvokeError, gatewayAnswers, internalServerError } from "./gateway-answer.ts";
import type { GatewayAnswer } from "./gateway-answer.ts";
import type { ProxyEvent } from "./proxy-event.ts";
import { readProxyResult } from "./proxy-result.ts";
import { resolveVariables } from "./resolve-variables.ts";
import type { Integration, Stage } from "./rest-api.ts";
import { withDeadline } from "./with-deadline.ts";

export interface ProxyInvocation {
  readonly event: ProxyEvent;
  readonly integration: Integration;
  readonly stage: Stage;
  readonly sourceArn: string;
  /** Whether a base64 body is decoded for this caller. */
  readonly toBinary: boolean;
}

/** Invokes a function for a request, and answers with its result or with what went wrong. */
export async function invokeProxy(
  invoker: Pick<LambdaInvoker, "invoke">,
  { event, integration, stage, sourceArn, toBinary }: ProxyInvocation,
): Promise<GatewayAnswer> {
  const { httpMethod = "POST" } = integration;
  if (httpMethod !== "POST")
    return internalServerError(
      500,
      `Execution failed due to configuration error: a function is invoked with POST, and the integration's httpMethod is ${httpMethod}`,
    );
  let result: LambdaResult | undefined;
  try {
    result = await withDeadline(integration.timeoutInMillis, (signal) =>
      invoker.invoke({
        functionArn: resolveVariables(integration.functionArn, stage.variables),
        payload: JSON.stringify(event),
        source: { service: "apigateway", sourceArn },
        signal,
      }),
    );
  } catch (error) {
    if (error instanceof AwsError) return answerInvokeError(error);
    if (error instanceof TransportFailure) return gatewayAnswers.noAnswer(error.message);
    throw error;
  }
  if (!result)
    return {
      ...gatewayAnswers.timedOut,
      reason: `no result within the integration's ${String(integration.timeoutInMillis)} ms`,
    };
  if (result.functionError !== undefined)
    return internalServerError(502, `the function failed: ${result.payload}`);
  return (
    readProxyResult(result.payload, toBinary) ??
    internalServerError(502, `malformed Lambda proxy response: ${result.payload.slice(0, 500)}`)
  );
}
