import { AwsError } from "../../../wire/aws-error.ts";
import type { RestInput, RestOperation } from "../../rest-json-service.ts";
import { readCors } from "../../http-payload/read-cors.ts";
import { addressOf, createUrlId, type FunctionUrl } from "../function-url/function-url.ts";
import type { LambdaContext } from "../lambda-context.ts";
import type { LambdaFunction } from "../lambda-function.ts";
import { pageOf } from "../page.ts";

/** HTTP endpoints of functions. Source: Lambda API 2021-10-31, CreateFunctionUrlConfig and its kin. */
export function functionUrlOperations({ functions }: LambdaContext): RestOperation[] {
  const path = "/2021-10-31/functions/{FunctionName}/url";
  const find = (
    { params }: Pick<RestInput, "params">,
    call: Parameters<typeof functions.find>[1],
  ) => functions.find(params["FunctionName"] ?? "", call);
  return [
    {
      name: "CreateFunctionUrlConfig",
      method: "POST",
      path,
      status: 201,
      run(input, call) {
        const found = find(input, call);
        if (found.url)
          throw new AwsError(
            "ResourceConflictException",
            `Failed to create function url config for [functionArn = ${found.arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
            409,
            { Type: "User" },
          );
        const now = new Date().toISOString();
        const authType = readAuthType(input.body);
        if (authType === undefined) throw invalid("AuthType must be NONE or AWS_IAM.");
        const urlId = createUrlId(found);
        if (functions.all().some(({ url }) => url?.urlId === urlId))
          throw invalid(`Another function has the URL of the id ${urlId}.`);
        found.url = {
          ...{ urlId, authType, cors: readCorsOf(input.body) },
          ...{ creationTime: now, lastModifiedTime: now },
        };
        return toWire(found, found.url);
      },
    },
    {
      name: "GetFunctionUrlConfig",
      method: "GET",
      path,
      run(input, call) {
        const found = find(input, call);
        return toWire(found, urlOf(found));
      },
    },
    {
      name: "UpdateFunctionUrlConfig",
      method: "PUT",
      path,
      run(input, call) {
        const found = find(input, call);
        const before = urlOf(found);
        found.url = {
          ...before,
          authType: readAuthType(input.body) ?? before.authType,
          cors: "Cors" in input.body ? readCorsOf(input.body) : before.cors,
          lastModifiedTime: new Date().toISOString(),
        };
        return toWire(found, found.url);
      },
    },
    {
      name: "DeleteFunctionUrlConfig",
      method: "DELETE",
      path,
      status: 204,
      run(input, call) {
        const found = find(input, call);
        urlOf(found);
        found.url = undefined;
      },
    },
    {
      name: "ListFunctionUrlConfigs",
      method: "GET",
      path: `${path}s`,
      run(input, call) {
        const found = find(input, call);
        const urls = found.url ? [found.url] : [];
        const keyOf = ({ urlId }: FunctionUrl): string => urlId;
        const { items, ...next } = pageOf(urls, input.query, { keyOf, largest: 50 });
        return { FunctionUrlConfigs: items.map((url) => toWire(found, url)), ...next };
      },
    },
  ];
}

function urlOf({ url }: LambdaFunction): FunctionUrl {
  if (url) return url;
  throw new AwsError(
    "ResourceNotFoundException",
    "The resource you requested does not exist.",
    404,
    { Type: "User" },
  );
}

function readAuthType(body: RestInput["body"]): FunctionUrl["authType"] | undefined {
  const authType = body["AuthType"] ?? undefined;
  if (authType === undefined || authType === "NONE" || authType === "AWS_IAM") return authType;
  throw invalid(`AuthType must be NONE or AWS_IAM, not ${JSON.stringify(authType)}.`);
}

function readCorsOf(body: RestInput["body"]): FunctionUrl["cors"] {
  const given = body["Cors"] ?? undefined;
  if (given === undefined) return undefined;
  return readCors(given, invalid, (member) => member.slice(0, 1).toUpperCase() + member.slice(1));
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
}

function toWire({ arn, region }: LambdaFunction, url: FunctionUrl): unknown {
  const { cors } = url;
  return {
    FunctionUrl: addressOf(url, region),
    FunctionArn: arn,
    AuthType: url.authType,
    ...(cors && {
      Cors: {
        AllowCredentials: cors.allowCredentials,
        AllowHeaders: cors.allowHeaders,
        AllowMethods: cors.allowMethods,
        AllowOrigins: cors.allowOrigins,
        ExposeHeaders: cors.exposeHeaders,
        MaxAge: cors.maxAge,
      },
    }),
    CreationTime: url.creationTime,
    LastModifiedTime: url.lastModifiedTime,
    InvokeMode: "BUFFERED",
  };
}
