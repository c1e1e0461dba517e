import type { ProxyRequest } from "./proxy-event.ts";

/** `requestContext` of a proxy event; what is not served is null. */
export function createRequestContext(input: ProxyRequest) {
  const { request, api, stage, deployment, match, timeMs } = input;
  const [domainName = ""] = (request.headers.host ?? "").split(":", 1);
  const dot = domainName.indexOf(".");
  return {
    resourceId: match.route.resourceId,
    resourcePath: match.route.resourcePath,
    httpMethod: request.method,
    extendedRequestId: input.extendedRequestId,
    requestTime: formatRequestTime(timeMs),
    requestTimeEpoch: timeMs,
    path: `/${stage.stageName}${input.path}`,
    accountId: input.accountId,
    protocol: "HTTP/1.1",
    stage: stage.stageName,
    domainPrefix: dot < 0 ? domainName : domainName.slice(0, dot),
    domainName,
    deploymentId: deployment.id,
    apiId: api.id,
    requestId: input.requestId,
    authorizer: null,
    identity: {
      cognitoIdentityPoolId: null,
      cognitoIdentityId: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      principalOrgId: null,
      accountId: null,
      accessKey: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      user: null,
      userArn: null,
      userAgent: request.headers["user-agent"] ?? null,
      sourceIp: toIp(input.remoteAddress),
    },
  };
}

/** An IPv4 address without its IPv6 form. */
export function toIp(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** `dd/MMM/yyyy:HH:mm:ss +0000` */
function formatRequestTime(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  const month = (Number(iso.slice(5, 7)) - 1) * 3;
  return `${iso.slice(8, 10)}/${months.slice(month, month + 3)}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
