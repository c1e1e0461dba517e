import type { RestInput } from "../rest-json-service.ts";
import { badRequest } from "./api-store.ts";
import { acceptOnly, readBooleanMap, readRequiredText, readText, readTextMap } from "./input.ts";
import { integrationToWire } from "./integration.ts";
import { invalidPatch, readPatchBoolean, unescapePointer, type Patch } from "./patch.ts";
import type { Method } from "./rest-api.ts";

const httpMethods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/** The method that PutMethod makes. */
export function readMethod(httpMethod: string, body: RestInput["body"]): Method {
  acceptOnly(body, "PutMethod", [
    ...["authorizationType", "operationName", "requestParameters", "requestModels"],
  ]);
  if (!httpMethods.includes(httpMethod))
    throw badRequest(
      `Invalid HTTP method '${httpMethod}'. Must be one of: ${httpMethods.join(", ")}`,
    );
  requireNoAuthorizer(readRequiredText(body, "authorizationType"));
  const operationName = readText(body, "operationName");
  return {
    httpMethod,
    ...(operationName !== undefined && { operationName }),
    requestParameters: readBooleanMap(body, "requestParameters"),
    requestModels: readTextMap(body, "requestModels"),
    responses: new Map(),
  };
}

function requireNoAuthorizer(authorizationType: string): void {
  if (authorizationType !== "NONE")
    throw badRequest(
      `The embedded cloud serves authorizationType NONE only, not '${authorizationType}'.`,
    );
}

/** After one patch operation. Source of the paths: API Gateway API, UpdateMethod. */
export function patchMethod(method: Method, patch: Patch): Method {
  const { op, segments, value } = patch;
  const [name = "", ...rest] = segments;
  switch (name) {
    case "operationName":
      return { ...method, operationName: value };
    case "authorizationType":
      requireNoAuthorizer(value);
      return method;
    case "apiKeyRequired":
      if (!readPatchBoolean(patch)) return method;
      throw badRequest("The embedded cloud does not serve apiKeyRequired in UpdateMethod.");
    case "authorizerId":
    case "requestValidatorId":
      if (value === "") return method;
      throw badRequest(`The embedded cloud does not serve ${name} in UpdateMethod.`);
    case "requestParameters": {
      const parameters = { ...method.requestParameters };
      const key = unescapePointer(rest.join("/"));
      if (op === "remove") Reflect.deleteProperty(parameters, key);
      else parameters[key] = readPatchBoolean(patch);
      return { ...method, requestParameters: parameters };
    }
    case "requestModels": {
      const models = { ...method.requestModels };
      const key = unescapePointer(rest.join("/"));
      if (op === "remove") Reflect.deleteProperty(models, key);
      else models[key] = value;
      return { ...method, requestModels: models };
    }
  }
  throw invalidPatch(patch, [
    ...["/operationName", "/authorizationType", "/apiKeyRequired"],
    ...["/requestParameters/{name}", "/requestModels/{contentType}"],
  ]);
}

export function methodToWire(method: Method): unknown {
  const { httpMethod, operationName, requestParameters, requestModels, integration } = method;
  return {
    httpMethod,
    authorizationType: "NONE",
    apiKeyRequired: false,
    operationName,
    ...(requestParameters && Object.keys(requestParameters).length > 0 && { requestParameters }),
    ...(requestModels && Object.keys(requestModels).length > 0 && { requestModels }),
    ...(method.responses.size > 0 && {
      methodResponses: Object.fromEntries(method.responses),
    }),
    ...(integration && { methodIntegration: integrationToWire(integration) }),
  };
}
