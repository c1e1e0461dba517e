import { randomBytes } from "node:crypto";
import type { Log } from "../log.ts";
import { writeAccessLog } from "../services/apigateway/access-log.ts";
import { readExecuteApiAddress } from "../services/apigateway/execute-api-address.ts";
import { findStage, type StageMatch } from "../services/apigatewayv2/find-stage.ts";
import { httpAnswers, type HttpApiAnswer } from "../services/apigatewayv2/http-answers.ts";
import type { HttpApi } from "../services/apigatewayv2/http-api.ts";
import type { HttpApiStore } from "../services/apigatewayv2/http-api-store.ts";
import { createHttpEvent } from "../services/apigatewayv2/http-event.ts";
import type { HttpRouteMatch } from "../services/apigatewayv2/http-route-table.ts";
import { HttpThrottle } from "../services/apigatewayv2/http-throttle.ts";
import { invokeIntegration } from "../services/apigatewayv2/invoke-integration.ts";
import { answerPreflight, withCorsOf } from "../services/http-payload/cors.ts";
import { formatRequestTime, readHttpFacts } from "../services/http-payload/http-facts.ts";
import type { LambdaInvoker } from "../services/lambda/lambda-invoker.ts";
import type { HttpAnswer } from "../wire/http.ts";
import type { Exchange } from "./step.ts";

/** Bytes. Source: API Gateway quotas for HTTP APIs, payload size. */
const maxBodyBytes = 10 * 1024 * 1024;

export interface ExecuteHttpApiOptions {
  readonly apis: HttpApiStore;
  readonly invoker: LambdaInvoker;
  readonly log: Log;
}

/** The step that answers requests to deployed HTTP APIs; `undefined` for any other request. */
export function createExecuteHttpApi({ apis, invoker, log }: ExecuteHttpApiOptions) {
  const throttle = new HttpThrottle();

  async function serve(
    exchange: Exchange,
    api: HttpApi,
    { stage, deployment, path, rawPath }: StageMatch,
  ): Promise<HttpAnswer> {
    const { request } = exchange;
    const cors = deployment.settings.corsConfiguration;
    const preflight = answerPreflight(cors, request);
    if (preflight) return preflight;
    const facts = readHttpFacts(request, exchange.remoteAddress);
    const extendedRequestId = randomBytes(11).toString("base64");
    const match = deployment.routes.match(path, request.method);
    const event = (found: HttpRouteMatch): HttpApiAnswer | Promise<HttpApiAnswer> => {
      const { route, integration, pathParameters } = found;
      if (!throttle.take(stage, route.routeKey, performance.now())) return httpAnswers.throttled;
      if (request.body.length > maxBodyBytes) return httpAnswers.tooLarge;
      if (!integration) return { ...httpAnswers.notFound, reason: "the route has no target" };
      const { accountId } = apis;
      const resource = route.routeKey.split(" ", 2).at(-1) ?? "";
      const ofStage = `arn:aws:execute-api:${api.region}:${accountId}:${api.id}/${stage.stageName}`;
      const isDefault = route.routeKey === "$default";
      return invokeIntegration(invoker, {
        ...{ integration, stage },
        event: createHttpEvent(integration.payloadFormatVersion, {
          ...{ request, facts, accountId, rawPath, pathParameters, extendedRequestId, resource },
          requestId: extendedRequestId,
          apiId: api.id,
          routeKey: route.routeKey,
          stage: stage.stageName,
          stageVariables:
            stage.stageVariables.size > 0 ? Object.fromEntries(stage.stageVariables) : undefined,
        }),
        sourceArn: isDefault ? `${ofStage}/$default` : `${ofStage}/${request.method}${resource}`,
      });
    };
    const { reason, ...answer } = match ? await event(match) : httpAnswers.notFound;
    if (reason !== undefined)
      log({
        event: "integration-failed",
        ...{ apiId: api.id, stage: stage.stageName, path, requestId: exchange.requestId },
        ...{ status: answer.status, reason },
      });
    writeAccessLog(apis.accessLogs, stage, {
      accountId: apis.accountId,
      apiId: api.id,
      ...{ domainName: facts.domainName, domainPrefix: facts.domainPrefix },
      extendedRequestId,
      httpMethod: request.method,
      identity: { sourceIp: facts.sourceIp, userAgent: request.headers["user-agent"] },
      integrationErrorMessage: reason,
      path: rawPath,
      protocol: "HTTP/1.1",
      requestId: extendedRequestId,
      requestTime: formatRequestTime(facts.timeMs),
      requestTimeEpoch: facts.timeMs,
      responseLatency: Date.now() - facts.timeMs,
      responseLength: Buffer.byteLength(answer.body),
      routeKey: match?.route.routeKey,
      stage: stage.stageName,
      status: answer.status,
    });
    const sent = withCorsOf(cors, request, answer);
    return { ...sent, headers: { ...sent.headers, "apigw-requestid": extendedRequestId } };
  }

  return (exchange: Exchange): HttpAnswer | Promise<HttpAnswer> | undefined => {
    const address = readExecuteApiAddress(exchange.request);
    const api = address && apis.find(address.apiId);
    if (!api) return undefined;
    const found = findStage(api, address.wholePath);
    if (!found || found.deployment.settings.disableExecuteApiEndpoint) return httpAnswers.notFound;
    return serve(exchange, api, found);
  };
}
