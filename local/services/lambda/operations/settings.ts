import { AwsError } from "../../../wire/aws-error.ts";
import type { RestOperation } from "../../rest-json-service.ts";
import type { LambdaContext } from "../lambda-context.ts";

/** Concurrency, tags, and settings that are read but are not set here. */
export function settingOperations({ functions, mappings }: LambdaContext): RestOperation[] {
  const concurrency = (value: number | undefined) =>
    value === undefined ? {} : { ReservedConcurrentExecutions: value };
  return [
    {
      name: "PutFunctionConcurrency",
      method: "PUT",
      path: "/2017-10-31/functions/{FunctionName}/concurrency",
      run({ params, body }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        const value = body["ReservedConcurrentExecutions"];
        if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
          throw new AwsError(
            "InvalidParameterValueException",
            "ReservedConcurrentExecutions must be a whole number, 0 or more.",
          );
        found.reservedConcurrency = value;
        return concurrency(value);
      },
    },
    {
      name: "GetFunctionConcurrency",
      method: "GET",
      path: "/2019-09-30/functions/{FunctionName}/concurrency",
      run: ({ params }, call) =>
        concurrency(functions.find(params["FunctionName"] ?? "", call).reservedConcurrency),
    },
    {
      name: "DeleteFunctionConcurrency",
      method: "DELETE",
      path: "/2017-10-31/functions/{FunctionName}/concurrency",
      status: 204,
      run({ params }, call) {
        functions.find(params["FunctionName"] ?? "", call).reservedConcurrency = undefined;
      },
    },
    {
      name: "GetFunctionCodeSigningConfig",
      method: "GET",
      path: "/2020-06-30/functions/{FunctionName}/code-signing-config",
      run: ({ params }, call) => ({
        FunctionName: functions.find(params["FunctionName"] ?? "", call).name,
      }),
    },
    {
      name: "GetRuntimeManagementConfig",
      method: "GET",
      path: "/2021-07-20/functions/{FunctionName}/runtime-management-config",
      run: ({ params }, call) => ({
        FunctionArn: functions.find(params["FunctionName"] ?? "", call).arn,
        UpdateRuntimeOn: "Auto",
      }),
    },
    {
      name: "ListTags",
      method: "GET",
      path: "/2017-03-31/tags/{Resource+}",
      run: ({ params }, call) => ({ Tags: Object.fromEntries(tagsOf(params, call)) }),
    },
    {
      name: "TagResource",
      method: "POST",
      path: "/2017-03-31/tags/{Resource+}",
      status: 204,
      run({ params, body }, call) {
        const tags = tagsOf(params, call);
        for (const [key, value] of Object.entries((body["Tags"] ?? {}) as Record<string, string>))
          tags.set(key, value);
      },
    },
    {
      name: "UntagResource",
      method: "DELETE",
      path: "/2017-03-31/tags/{Resource+}",
      status: 204,
      run({ params, query }, call) {
        const tags = tagsOf(params, call);
        for (const key of query.getAll("tagKeys")) tags.delete(key);
      },
    },
  ];

  function tagsOf(
    params: Readonly<Record<string, string>>,
    call: Parameters<LambdaContext["functions"]["find"]>[1],
  ): Map<string, string> {
    const resource = params["Resource"] ?? "";
    return resource.includes(":event-source-mapping:")
      ? mappings.byArn(resource).tags
      : functions.find(resource, call).tags;
  }
}
