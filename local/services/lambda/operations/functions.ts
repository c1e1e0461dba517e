import { randomUUID } from "node:crypto";
import { AwsError } from "../../../wire/aws-error.ts";
import type { RestOperation } from "../../rest-json-service.ts";
import { checkRevision } from "../check-revision.ts";
import { unpackCode } from "../code-package.ts";
import { describeFunction } from "../describe-function.ts";
import type { LambdaContext } from "../lambda-context.ts";
import type { LambdaFunction } from "../lambda-function.ts";
import { pageOf } from "../page.ts";
import { readArchitectures, readConfiguration } from "../read-configuration.ts";

/** Functions and their code. Source: Lambda API 2015-03-31. */
export function functionOperations({
  functions,
  environments,
  mappings,
  host,
}: LambdaContext): RestOperation[] {
  const path = "/2015-03-31/functions/{FunctionName}";
  return [
    {
      name: "CreateFunction",
      method: "POST",
      path: "/2015-03-31/functions",
      status: 201,
      async run({ body }, call) {
        const name = body["FunctionName"];
        if (typeof name !== "string" || !/^[\w-]{1,64}$/.test(name))
          throw invalid("FunctionName must be 1 to 64 letters, digits, hyphens or underscores.");
        const arn = `arn:aws:lambda:${call.region}:${call.accountId}:function:${name}`;
        if (functions.has(arn))
          throw new AwsError("ResourceConflictException", `Function already exist: ${name}`, 409, {
            Type: "User",
          });
        const configuration = readConfiguration(body, name, host);
        const code = await unpackCode(readZip(body["Code"]));
        const lambdaFunction: LambdaFunction = {
          name,
          arn,
          region: call.region,
          tags: new Map(Object.entries((body["Tags"] as Record<string, string> | undefined) ?? {})),
          permissions: new Map(),
          configuration,
          code,
          reservedConcurrency: undefined,
          lastModified: new Date(),
          revisionId: randomUUID(),
        };
        functions.add(lambdaFunction);
        return describeFunction(lambdaFunction);
      },
    },
    {
      name: "ListFunctions",
      method: "GET",
      path: "/2015-03-31/functions",
      run({ query }, call) {
        const { items, ...next } = pageOf(functions.list(call.region), query, byArn);
        const describe = query.get("FunctionVersion") === "ALL" ? qualified : describeFunction;
        return { Functions: items.map(describe), ...next };
      },
    },
    {
      name: "GetFunction",
      method: "GET",
      path,
      run({ params }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        return {
          Configuration: describeFunction(found),
          Code: { RepositoryType: "S3" },
          ...(found.tags.size > 0 && { Tags: Object.fromEntries(found.tags) }),
          ...(found.reservedConcurrency !== undefined && {
            Concurrency: { ReservedConcurrentExecutions: found.reservedConcurrency },
          }),
        };
      },
    },
    {
      name: "GetFunctionConfiguration",
      method: "GET",
      path: `${path}/configuration`,
      run: ({ params }, call) =>
        describeFunction(functions.find(params["FunctionName"] ?? "", call)),
    },
    {
      name: "UpdateFunctionConfiguration",
      method: "PUT",
      path: `${path}/configuration`,
      async run({ params, body }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        checkRevision(found, body["RevisionId"]);
        const configuration = readConfiguration(body, found.name, host, found.configuration);
        change(found, { configuration });
        return describeFunction(found);
      },
    },
    {
      name: "UpdateFunctionCode",
      method: "PUT",
      path: `${path}/code`,
      async run({ params, body }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        checkRevision(found, body["RevisionId"]);
        const zip = readZip(body);
        const architectures = readArchitectures(body["Architectures"]);
        if (body["DryRun"] === true) return describeFunction(found);
        const code = await unpackCode(zip);
        const { configuration } = found;
        change(found, { code, configuration: { ...configuration, ...architectures } });
        return describeFunction(found);
      },
    },
    {
      name: "DeleteFunction",
      method: "DELETE",
      path,
      status: 204,
      async run({ params }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        if (call.request.query.get("Qualifier"))
          throw invalid("$LATEST version cannot be deleted without deleting the function.");
        functions.delete(found);
        await mappings.functionDeleted(found);
        await environments.end(found);
        await found.code.remove();
      },
    },
    {
      name: "ListVersionsByFunction",
      method: "GET",
      path: `${path}/versions`,
      run({ params, query }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        const { items, ...next } = pageOf([found], query, byArn);
        return { Versions: items.map(qualified), ...next };
      },
    },
  ];

  /** Events that are under way end with the code and configuration that they began with. */
  function change(
    found: LambdaFunction,
    changed: Partial<Pick<LambdaFunction, "configuration" | "code">>,
  ): void {
    const { code } = found;
    environments.retire(found, async () => {
      if (changed.code) await code.remove();
    });
    Object.assign(found, changed);
    found.lastModified = new Date();
    found.revisionId = randomUUID();
  }
}

/** Source of the number: Lambda API, ListFunctions and ListVersionsByFunction. */
const byArn = { keyOf: ({ arn }: LambdaFunction) => arn, largest: 50 };

function qualified(found: LambdaFunction): Record<string, unknown> {
  return { ...describeFunction(found), FunctionArn: `${found.arn}:$LATEST` };
}

function readZip(code: unknown): Buffer {
  const { ZipFile } = (code ?? {}) as Record<string, unknown>;
  if (typeof ZipFile === "string" && ZipFile !== "") return Buffer.from(ZipFile, "base64");
  throw invalid("Please provide a source for function code: ZipFile.");
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
}
