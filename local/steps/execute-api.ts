import { randomBytes, randomUUID } from "node:crypto";
import type { Log } from "../log.ts";
import { writeAccessLog } from "../services/apigateway/access-log.ts";
import type { ApiStore } from "../services/apigateway/api-store.ts";
import { isBinary } from "../services/apigateway/binary-media-type.ts";
import { readExecuteApiAddress } from "../services/apigateway/execute-api-address.ts";
import type { ExecuteApiAddress } from "../services/apigateway/execute-api-address.ts";
import { gatewayAnswers, type GatewayAnswer } from "../services/apigateway/gateway-answer.ts";
import { customise } from "../services/apigateway/gateway-response.ts";
import { invokeProxy } from "../services/apigateway/invoke-proxy.ts";
import { createProxyEvent, type ProxyEvent } from "../services/apigateway/proxy-event.ts";
import type { RestApiSettings, Stage } from "../services/apigateway/rest-api.ts";
import { Throttle } from "../services/apigateway/throttle.ts";
import type { ApiRequestFacts } from "../services/cloudwatch/service-metrics.ts";
import type { LambdaInvoker } from "../services/lambda/lambda-invoker.ts";
import type { HttpAnswer } from "../wire/http.ts";
import type { Exchange } from "./step.ts";

/** Bytes. Source: API Gateway quotas for REST APIs, payload size. */
const maxBodyBytes = 10 * 1024 * 1024;

export interface ExecuteApiOptions {
  readonly apis: ApiStore;
  readonly invoker: Pick<LambdaInvoker, "invoke">;
  readonly log: Log;
  /** Hears how each request to a deployed API went, for its metrics. */
  recordRequest?(facts: ApiRequestFacts): void;
}

/** The step that answers requests to deployed APIs; `undefined` for any other request. */
export function createExecuteApi({ apis, invoker, log, recordRequest }: ExecuteApiOptions) {
  const throttle = new Throttle();

  async function serve(exchange: Exchange, address: ExecuteApiAddress): Promise<HttpAnswer> {
    const { request, requestId } = exchange;
    const timeMs = Date.now();
    const extendedRequestId = randomBytes(11).toString("base64");
    const traceId = readTraceId(request.headers["x-amzn-trace-id"]);
    const ids = { "x-amzn-RequestId": requestId, "x-amz-apigw-id": extendedRequestId };
    const refuse = (
      refusal: GatewayAnswer,
      responses?: RestApiSettings["gatewayResponses"],
    ): HttpAnswer => {
      const { status, headers, body } = customise(refusal, responses, requestId);
      return { status, headers: { ...headers, ...ids }, body };
    };

    const api = apis.find(address.apiId);
    const stage = api?.stages.get(address.stageName);
    const deployment = stage && api?.deployments.get(stage.deploymentId);
    if (!api || !stage || !deployment) return refuse(gatewayAnswers.notDeployed(address.apiId));
    if (deployment.settings.disableExecuteApiEndpoint) return refuse(gatewayAnswers.forbidden);
    const { gatewayResponses } = deployment.settings;
    const match = deployment.routes.match(address.path, request.method);
    if (!match) return refuse(gatewayAnswers.noRoute, gatewayResponses);
    if (!throttle.take(stage, match.route, performance.now()))
      return refuse(gatewayAnswers.throttled, gatewayResponses);
    if (request.body.length > maxBodyBytes)
      return refuse(gatewayAnswers.tooLarge, gatewayResponses);

    const { accountId } = apis;
    const event = createProxyEvent({
      ...{
        request,
        requestId,
        extendedRequestId,
        accountId,
        api,
        stage,
        deployment,
        match,
        timeMs,
      },
      traceId: stage.tracingEnabled ? sample(traceId) : traceId,
      path: address.path,
      remoteAddress: exchange.remoteAddress,
    });
    const proxied = await invokeProxy(invoker, {
      event,
      integration: match.route.integration,
      stage,
      sourceArn: `arn:aws:execute-api:${api.region}:${accountId}:${api.id}/${stage.stageName}/${request.method}${match.route.resourcePath}`,
      toBinary: isBinary(deployment.settings.binaryMediaTypes, request.headers.accept),
    });
    const { reason, status, headers, body } = customise(proxied, gatewayResponses, requestId);
    const answer: HttpAnswer = { status, headers, body };
    if (reason !== undefined)
      log({
        event: "integration-failed",
        ...{ apiId: api.id, stage: stage.stageName, path: address.path, requestId },
        ...{ status: answer.status, reason },
      });
    if (stage.accessLogSettings) logAccess(stage, event, answer, timeMs);
    return { ...answer, headers: { ...answer.headers, ...ids, "X-Amzn-Trace-Id": traceId } };
  }

  async function measure(exchange: Exchange, address: ExecuteApiAddress): Promise<HttpAnswer> {
    const beganMs = performance.now();
    const answer = await serve(exchange, address);
    const api = apis.find(address.apiId);
    if (api?.stages.has(address.stageName))
      recordRequest?.({
        ...{ region: api.region, apiName: api.settings.name, stageName: address.stageName },
        ...{ status: answer.status, latencyMs: Math.round(performance.now() - beganMs) },
      });
    return answer;
  }

  function logAccess(stage: Stage, event: ProxyEvent, answer: HttpAnswer, timeMs: number): void {
    writeAccessLog(apis.accessLogs, stage, {
      ...event.requestContext,
      status: answer.status,
      responseLength: Buffer.byteLength(answer.body),
      responseLatency: Date.now() - timeMs,
      xrayTraceId: event.headers["X-Amzn-Trace-Id"],
    });
  }

  return (exchange: Exchange): Promise<HttpAnswer> | undefined => {
    const address = readExecuteApiAddress(exchange.request);
    return address && measure(exchange, address);
  };
}

/** Source of the form: AWS X-Ray developer guide, "Tracing header". */
function readTraceId(header: string | string[] | undefined): string {
  if (typeof header === "string" && header.includes("Root=")) return header;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomUUID().replaceAll("-", "").slice(0, 24)}`;
}

function sample(traceId: string): string {
  if (traceId.includes("Sampled=")) return traceId;
  return `${traceId};Parent=${randomBytes(8).toString("hex")};Sampled=1`;
}
