import { conflict, getMethod, notFound, type ApiStore } from "./api-store.ts";
import { acceptOnly, readBooleanMap, readTextMap } from "./input.ts";
import { badRequest } from "./api-store.ts";
import { methodPath, readMethodPath } from "./method-operations.ts";
import type { MethodResponse, Resource } from "./rest-api.ts";
import type { RestOperation } from "../rest-json-service.ts";

const path = `${methodPath}/responses/{statusCode}`;

/**
 * What a method says of its responses: documentation, as a proxy integration's answer is the
 * function's own.
 */
export function methodResponseOperations(store: ApiStore): RestOperation[] {
  return [
    {
      name: "PutMethodResponse",
      method: "PUT",
      path,
      status: 201,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        const method = getMethod(resource, httpMethod);
        const statusCode = input.params["statusCode"] ?? "";
        if (!/^[1-5]\d\d$/.test(statusCode))
          throw badRequest(`Invalid status code '${statusCode}'.`);
        if (method.responses.has(statusCode))
          throw conflict("Response already exists for this resource");
        acceptOnly(input.body, "PutMethodResponse", ["responseParameters", "responseModels"]);
        const response: MethodResponse = {
          statusCode,
          responseParameters: readBooleanMap(input.body, "responseParameters"),
          responseModels: readTextMap(input.body, "responseModels"),
        };
        resource.methods.set(httpMethod, {
          ...method,
          responses: new Map([...method.responses, [statusCode, response]]),
        });
        return response;
      },
    },
    {
      name: "GetMethodResponse",
      method: "GET",
      path,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        return getResponse(resource, httpMethod, input.params["statusCode"] ?? "");
      },
    },
    {
      name: "DeleteMethodResponse",
      method: "DELETE",
      path,
      status: 204,
      run(input, call) {
        const { resource, httpMethod } = readMethodPath(store, input, call);
        const { statusCode } = getResponse(resource, httpMethod, input.params["statusCode"] ?? "");
        const method = getMethod(resource, httpMethod);
        const responses = new Map(method.responses);
        responses.delete(statusCode);
        resource.methods.set(httpMethod, { ...method, responses });
      },
    },
  ];
}

function getResponse(resource: Resource, httpMethod: string, statusCode: string): MethodResponse {
  const response = getMethod(resource, httpMethod).responses.get(statusCode);
  if (!response) throw notFound("Invalid Response status code specified");
  return response;
}
