import { AwsError } from "../../wire/aws-error.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import { TransportFailure } from "../../wire/transport-failure.ts";
import { readProxyResult } from "../apigateway/proxy-result.ts";
import { resolveVariables } from "../apigateway/resolve-variables.ts";
import { withDeadline } from "../apigateway/with-deadline.ts";
import { readResult2 } from "../http-payload/read-result-2.ts";
import type { LambdaInvoker, LambdaResult } from "../lambda/lambda-invoker.ts";
import type { HttpIntegration, HttpStage } from "./http-api.ts";
import { httpAnswers, internalServerError, type HttpApiAnswer } from "./http-answers.ts";

/** Of an answer that names none. */
const contentType = "text/plain;charset=UTF-8";

/** Invokes a function for a request, and answers with its result or with what went wrong. */
export async function invokeIntegration(
  invoker: LambdaInvoker,
  call: {
    readonly event: object;
    readonly integration: HttpIntegration;
    readonly stage: HttpStage;
    readonly sourceArn: string;
  },
): Promise<HttpApiAnswer> {
  const { event, integration, stage, sourceArn } = call;
  let result: LambdaResult | undefined;
  try {
    result = await withDeadline(integration.timeoutInMillis, (signal) =>
      invoker.invoke({
        functionArn: resolveVariables(integration.functionArn, stage.stageVariables),
        payload: JSON.stringify(event),
        source: { service: "apigateway", sourceArn },
        signal,
      }),
    );
  } catch (error) {
    if (error instanceof AwsError)
      return internalServerError(`lambda:Invoke failed with ${error.code}: ${error.message}`);
    if (error instanceof TransportFailure)
      return {
        ...httpAnswers.unavailable,
        reason: `lambda:Invoke was not answered: ${error.message}`,
      };
    throw error;
  }
  if (!result)
    return {
      ...httpAnswers.unavailable,
      reason: `no result within the integration's ${String(integration.timeoutInMillis)} ms`,
    };
  if (result.functionError !== undefined)
    return internalServerError(`the function failed: ${result.payload}`);
  return (
    read(result.payload, integration) ??
    internalServerError(`malformed Lambda proxy response: ${result.payload.slice(0, 500)}`)
  );
}

function read(payload: string, { payloadFormatVersion }: HttpIntegration): HttpAnswer | undefined {
  return payloadFormatVersion === "2.0"
    ? readResult2(payload, contentType)
    : readProxyResult(payload, true);
}
