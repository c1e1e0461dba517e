import type { AwsCall } from "../../wire/aws-call.ts";
import {
  type ActionTable,
  anyResource,
  arnIn,
  type CallInput,
  entries,
  pathPart,
  reader,
  textIn,
} from "./action-reader.ts";

/** Source: Service Authorization Reference, AWS Lambda. */
export const lambdaActions: ActionTable = {
  Invoke: reader("lambda:InvokeFunction", functionOf),
  InvokeAsync: reader("lambda:InvokeFunction", functionOf),
  InvokeWithResponseStream: reader("lambda:InvokeFunction", functionOf),
  // No operation: a call by URL needs both. Source: Lambda developer guide, "Control access to Lambda
  // function URLs".
  InvokeFunctionUrl: (input, call) =>
    ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].flatMap((action) =>
      functionOf(input, call).map((resource) => ({ action, resource })),
    ),
  ...entries(
    "lambda",
    [
      "GetFunction",
      "GetFunctionConfiguration",
      "UpdateFunctionCode",
      "UpdateFunctionConfiguration",
      "DeleteFunction",
      "PublishVersion",
      "ListVersionsByFunction",
      "AddPermission",
      "RemovePermission",
      "GetPolicy",
      "GetFunctionConcurrency",
      "PutFunctionConcurrency",
      "DeleteFunctionConcurrency",
      "GetFunctionCodeSigningConfig",
      "GetRuntimeManagementConfig",
      "GetFunctionRecursionConfig",
      "CreateFunctionUrlConfig",
      "GetFunctionUrlConfig",
      "UpdateFunctionUrlConfig",
      "DeleteFunctionUrlConfig",
      "ListFunctionUrlConfigs",
    ],
    functionOf,
  ),
  ...entries("lambda", ["CreateFunction"], (input, call) => [
    functionArn(textIn(input, "FunctionName"), call),
  ]),
  ...entries(
    "lambda",
    ["GetEventSourceMapping", "UpdateEventSourceMapping", "DeleteEventSourceMapping"],
    (_input, call) => [
      arnIn(call, "lambda", `event-source-mapping:${pathPart(call, "event-source-mappings")}`),
    ],
  ),
  ...entries("lambda", ["TagResource", "UntagResource", "ListTags"], (_input, call) => [
    pathPart(call, "tags"),
  ]),
  ...entries(
    "lambda",
    ["ListFunctions", "ListEventSourceMappings", "CreateEventSourceMapping", "GetAccountSettings"],
    anyResource,
  ),
};

function functionOf(_input: CallInput, call: AwsCall): string[] {
  const arn = functionArn(pathPart(call, "functions"), call);
  const qualifier = call.request.query.get("Qualifier");
  return [qualifier === null || arn.split(":").length > 7 ? arn : `${arn}:${qualifier}`];
}

/** A function is named by name, by ARN or by `account:function:name`, each with or without version. */
function functionArn(name: string, call: AwsCall): string {
  if (name.startsWith("arn:")) return name;
  return arnIn(call, "lambda", `function:${name.replace(/^\d{12}:function:/, "")}`);
}
