import type { ComponentInputs } from "../component-type.ts";
import type { Route } from "./route.ts";

/** What callers get instead of 403 for a path that the API does not have. */
const NOT_FOUND = {
  statusCode: 404,
  responseTemplates: { "application/json": '{"message": "404 Not found" }' },
};

/**
 * The Swagger document that the component writes of its routes.
 * Source: documentation of `@pulumi/aws-apigateway`, RestAPI.
 */
export function documentOfRoutes(
  title: string,
  routes: readonly Route[],
  binaryMediaTypes: readonly string[],
  gatewayResponses: ComponentInputs,
): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { path, method, handler, data, requiredParameters } of routes) {
    const key = method === "ANY" ? "x-amazon-apigateway-any-method" : method.toLowerCase();
    (paths[path] ??= {})[key] = handler
      ? {
          "x-amazon-apigateway-integration": {
            uri: invocationUri(handler.arn),
            passthroughBehavior: "when_no_match",
            httpMethod: "POST",
            type: "aws_proxy",
          },
          ...(requiredParameters.length > 0 && {
            parameters: requiredParameters.map((each) => ({ ...(each as object), required: true })),
          }),
        }
      : data;
  }
  return {
    swagger: "2.0",
    info: { title, version: "1.0" },
    paths,
    "x-amazon-apigateway-binary-media-types": binaryMediaTypes,
    "x-amazon-apigateway-gateway-responses": {
      MISSING_AUTHENTICATION_TOKEN: NOT_FOUND,
      ACCESS_DENIED: NOT_FOUND,
      ...gatewayResponses,
    },
    "x-amazon-apigateway-api-key-source": "HEADER",
  };
}

function invocationUri(functionArn: string): string {
  const [, partition = "aws", , region = ""] = functionArn.split(":");
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}
