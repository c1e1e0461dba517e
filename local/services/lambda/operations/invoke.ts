import { AwsError } from "../../../wire/aws-error.ts";
import type { RestOperation } from "../../rest-json-service.ts";
import type { LambdaContext } from "../lambda-context.ts";
import { readClientContext } from "../read-client-context.ts";
import { runFunction } from "../run-function.ts";

/** Largest event. Source: Lambda quotas, 6 MB synchronous, 1 MB asynchronous. */
const maxPayloadBytes = { RequestResponse: 6_291_556, Event: 1_048_576, DryRun: 6_291_556 };

/** Runs a function. Source: Lambda API 2015-03-31, Invoke. */
export function invokeOperations(context: LambdaContext): RestOperation[] {
  return [
    {
      name: "Invoke",
      method: "POST",
      path: "/2015-03-31/functions/{FunctionName}/invocations",
      async answer({ params }, call) {
        const found = context.functions.find(params["FunctionName"] ?? "", call);
        const { headers, body } = call.request;
        const type = String(headers["x-amz-invocation-type"] ?? "RequestResponse");
        if (type !== "RequestResponse" && type !== "Event" && type !== "DryRun")
          throw new AwsError(
            "InvalidParameterValueException",
            `InvocationType must be RequestResponse, Event or DryRun, not ${type}.`,
          );
        if (body.length > maxPayloadBytes[type])
          throw new AwsError(
            "RequestTooLargeException",
            `Request must be smaller than ${String(maxPayloadBytes[type])} bytes for the Invoke operation`,
            413,
          );
        const payload = readPayload(body);
        const clientContext = readClientContext(headers["x-amz-client-context"]);
        const answerHeaders = { "x-amzn-RequestId": call.requestId };
        if (type === "DryRun") return { status: 204, headers: answerHeaders, body: "" };
        if (type === "Event") {
          context.asyncInvocations.accept(found, payload, clientContext);
          return { status: 202, headers: answerHeaders, body: "" };
        }
        const result = await runFunction(found, payload, context, clientContext);
        return {
          status: 200,
          headers: {
            ...answerHeaders,
            "content-type": "application/json",
            "x-amz-executed-version": "$LATEST",
            ...(result.functionError && { "x-amz-function-error": result.functionError }),
          },
          body: result.payload,
        };
      },
    },
  ];
}

function readPayload(body: Buffer): string {
  if (body.length === 0) return "{}";
  const text = body.toString("utf8");
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${error instanceof Error ? error.message : ""}`,
      400,
      { Type: "User" },
    );
  }
}
