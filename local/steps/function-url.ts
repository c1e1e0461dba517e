import type { CallerIdentity } from "../services/sts/caller-of.ts";
import type { Log } from "../log.ts";
import { answerPreflight, withCorsOf } from "../services/http-payload/cors.ts";
import { createEvent2 } from "../services/http-payload/create-event-2.ts";
import { readHttpFacts } from "../services/http-payload/http-facts.ts";
import { readResult2 } from "../services/http-payload/read-result-2.ts";
import {
  readFunctionUrlAddress,
  type FunctionUrlAddress,
} from "../services/lambda/function-url/function-url-address.ts";
import {
  urlConditions,
  type FunctionUrls,
  type FunctionWithUrl,
} from "../services/lambda/function-url/function-urls.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { HttpAnswer } from "../wire/http.ts";
import { readSignatureScope } from "../wire/signature.ts";
import type { Exchange } from "./step.ts";

/** Bytes. Source: Lambda quotas, invocation payload, synchronous. */
const maxBodyBytes = 6 * 1024 * 1024;

export interface FunctionUrlOptions {
  readonly urls: FunctionUrls;
  readonly accountId: string;
  roleArnOf(accessKeyId: string): string | undefined;
  callerOf(call: AwsCall): CallerIdentity;
  /** Throws an AwsError for a call that the role that signed it may not make. */
  authorize(call: AwsCall): void;
  readonly log: Log;
}

/** The step that answers requests to function URLs; `undefined` for any other request. */
export function createServeFunctionUrl(options: FunctionUrlOptions) {
  const { urls, accountId, log } = options;

  async function serve(
    exchange: Exchange,
    { urlId, path }: FunctionUrlAddress,
    found: FunctionWithUrl,
  ): Promise<HttpAnswer> {
    const { request, requestId, signal } = exchange;
    const { cors } = found.url;
    const preflight = answerPreflight(cors, request);
    if (preflight) return preflight;
    const refused = (reason: string, answer: HttpAnswer): HttpAnswer => {
      log({
        event: "function-url-refused",
        ...{ function: found.lambdaFunction.name, urlId, path, requestId, reason },
        status: answer.status,
      });
      return answer;
    };

    async function answer(): Promise<HttpAnswer> {
      let authorizer: object | undefined;
      try {
        authorizer = admit(exchange, found);
      } catch (error) {
        if (error instanceof AwsError) return refused(error.message, forbidden);
        throw error;
      }
      if (request.body.length > maxBodyBytes) return tooLarge;
      const event = createEvent2({
        ...{ request, requestId, authorizer },
        facts: readHttpFacts(request, exchange.remoteAddress),
        accountId: authorizer ? accountId : "anonymous",
        apiId: urlId,
        ...{ routeKey: "$default", stage: "$default", rawPath: path },
      });
      try {
        const result = await urls.invoke(found, JSON.stringify(event), signal);
        if (result.functionError !== undefined) return badGateway;
        return (
          readResult2(result.payload, "application/json") ??
          refused(`malformed response: ${result.payload.slice(0, 500)}`, badGateway)
        );
      } catch (error) {
        if (error instanceof AwsError)
          return refused(`lambda:Invoke failed with ${error.code}`, answerError(error));
        throw error;
      }
    }
    const answered = withCorsOf(cors, request, await answer());
    return { ...answered, headers: { ...answered.headers, "x-amzn-RequestId": requestId } };
  }

  /** Who calls, as the event tells it; throws an AwsError for one who may not. */
  function admit({ request, requestId }: Exchange, found: FunctionWithUrl): object | undefined {
    const { lambdaFunction, url } = found;
    if (url.authType === "NONE") {
      const denied = urls.deniedToAll(found);
      if (denied === undefined) return undefined;
      throw accessDenied(
        `the function's resource-based policy does not allow everybody ${denied}: a function URL needs lambda:InvokeFunctionUrl (FunctionUrlAuthType NONE) and lambda:InvokeFunction (InvokedViaFunctionUrl)`,
      );
    }
    const scope = readSignatureScope(request);
    if (scope?.service !== "lambda")
      throw accessDenied("the URL's AuthType is AWS_IAM, and the request is not signed for lambda");
    const { accessKeyId } = scope;
    const call: AwsCall = {
      ...{ requestId, accountId, accessKeyId },
      service: "lambda",
      operation: "InvokeFunctionUrl",
      protocol: "rest-json",
      region: lambdaFunction.region,
      roleArn: options.roleArnOf(accessKeyId),
      conditionValues: urlConditions(url),
      request: {
        ...request,
        path: `/2015-03-31/functions/${encodeURIComponent(lambdaFunction.arn)}/invocations`,
        query: new URLSearchParams(),
      },
    };
    options.authorize(call);
    const { arn, userId } = options.callerOf(call);
    return {
      iam: {
        ...{ accessKey: accessKeyId, accountId, callerId: userId, cognitoIdentity: null },
        ...{ principalOrgId: null, userArn: arn, userId },
      },
    };
  }

  return (exchange: Exchange): HttpAnswer | Promise<HttpAnswer> | undefined => {
    const address = readFunctionUrlAddress(exchange.request);
    if (!address) return undefined;
    const found = urls.find(address.urlId);
    return found ? serve(exchange, address, found) : notThere(address.urlId);
  };
}

function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message, 403);
}

/** Source of the texts: Lambda developer guide, "Control access to Lambda function URLs"; answers seen. */
const forbidden = answerJson(403, "AccessDeniedException", {
  Message:
    "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
});
const tooLarge = answerJson(413, "RequestEntityTooLargeException", {
  Message: `Request must be smaller than ${String(maxBodyBytes)} bytes for the InvokeFunction operation`,
});
const badGateway: HttpAnswer = {
  status: 502,
  headers: { "content-type": "application/json" },
  body: "Internal Server Error",
};

function notThere(urlId: string): HttpAnswer {
  const Message = `No function here has the URL of the id ${urlId}.`;
  return answerJson(404, "ResourceNotFoundException", { Message });
}

/** An error of the invocation, which Lambda itself answers here. */
function answerError({ code, status, message }: AwsError): HttpAnswer {
  return answerJson(status, code, { Message: message });
}

function answerJson(status: number, errorType: string, body: object): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-ErrorType": errorType },
    body: JSON.stringify(body),
  };
}
