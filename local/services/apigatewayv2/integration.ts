import { badRequest } from "../apigateway/api-store.ts";
import { readRequiredText, readText } from "../apigateway/input.ts";
import type { HttpIntegration } from "./http-api.ts";

type Body = Readonly<Record<string, unknown>>;

/** Milliseconds. Source: API Gateway quotas for HTTP APIs, integration timeout. */
const shortestMs = 50;
const longestMs = 30_000;

/** What a body says of an integration, over what was before. */
export function readIntegration(
  integrationId: string,
  body: Body,
  before: HttpIntegration | undefined,
): HttpIntegration {
  const type = before
    ? readText(body, "integrationType")
    : readRequiredText(body, "integrationType");
  if (type !== undefined && type !== "AWS_PROXY")
    throw badRequest(`The embedded cloud serves integrations of type AWS_PROXY, not '${type}'.`);
  const connectionType = readText(body, "connectionType");
  if (connectionType !== undefined && connectionType !== "INTERNET")
    throw badRequest(`The embedded cloud serves connectionType INTERNET, not '${connectionType}'.`);
  const integrationUri = readText(body, "integrationUri") ?? before?.integrationUri;
  if (integrationUri === undefined) throw badRequest("integrationUri must be given.");
  const version = readText(body, "payloadFormatVersion") ?? before?.payloadFormatVersion ?? "1.0";
  if (version !== "1.0" && version !== "2.0")
    throw badRequest(`payloadFormatVersion must be 1.0 or 2.0, not '${version}'.`);
  const timeoutInMillis = body["timeoutInMillis"] ?? before?.timeoutInMillis ?? longestMs;
  if (
    typeof timeoutInMillis !== "number" ||
    !Number.isInteger(timeoutInMillis) ||
    timeoutInMillis < shortestMs ||
    timeoutInMillis > longestMs
  )
    throw badRequest(
      `Timeout should be between ${String(shortestMs)} ms and ${String(longestMs)} ms`,
    );
  return {
    integrationId,
    integrationUri,
    functionArn: readFunctionArn(integrationUri),
    payloadFormatVersion: version,
    timeoutInMillis,
    integrationMethod: readText(body, "integrationMethod") ?? before?.integrationMethod ?? "POST",
    description: readText(body, "description") ?? before?.description,
    apiGatewayManaged: before?.apiGatewayManaged ?? false,
  };
}

/**
 * The function of an integration, from its ARN or that of its invocations.
 * Source: API Gateway API, version 2, CreateIntegration, `integrationUri`.
 */
export function readFunctionArn(uri: string): string {
  const invocations =
    /^arn:aws:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;
  const functionArn = invocations.exec(uri)?.[1] ?? uri;
  if (/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:\S+$/.test(functionArn)) return functionArn;
  throw badRequest(
    `The embedded cloud integrates Lambda functions: ${uri} is neither the ARN of one nor that of its invocations.`,
  );
}

export function integrationToWire(integration: HttpIntegration): unknown {
  return {
    ...integration,
    functionArn: undefined,
    connectionType: "INTERNET",
    integrationType: "AWS_PROXY",
  };
}
