import { randomUUID } from "node:crypto";
import type { PolicyDocument, PolicyStatement } from "../../../iam/policy-document.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { RestOperation } from "../../rest-json-service.ts";
import { checkRevision } from "../check-revision.ts";
import type { LambdaContext } from "../lambda-context.ts";
import type { LambdaFunction } from "../lambda-function.ts";

/** A function's resource-based policy. Source: Lambda API, AddPermission, GetPolicy. */
export function permissionOperations({ functions }: LambdaContext): RestOperation[] {
  const path = "/2015-03-31/functions/{FunctionName}/policy";
  return [
    {
      name: "AddPermission",
      method: "POST",
      path,
      status: 201,
      run({ params, body }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        checkRevision(found, body["RevisionId"]);
        const id = body["StatementId"];
        if (typeof id !== "string" || id === "")
          throw new AwsError("ValidationException", "StatementId is required.");
        if (found.permissions.has(id))
          throw new AwsError(
            "ResourceConflictException",
            `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
            409,
            { Type: "User" },
          );
        const statement = statementOf(id, body, found);
        found.permissions.set(id, statement);
        found.revisionId = randomUUID();
        return { Statement: JSON.stringify(statement) };
      },
    },
    {
      name: "GetPolicy",
      method: "GET",
      path,
      run({ params }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        const policy = policyOf(found);
        if (policy === undefined) throw noPolicy();
        return { Policy: policy, RevisionId: found.revisionId };
      },
    },
    {
      name: "RemovePermission",
      method: "DELETE",
      path: `${path}/{StatementId}`,
      status: 204,
      run({ params, query }, call) {
        const found = functions.find(params["FunctionName"] ?? "", call);
        checkRevision(found, query.get("RevisionId"));
        if (!found.permissions.delete(params["StatementId"] ?? "")) throw noPolicy();
        found.revisionId = randomUUID();
      },
    },
  ];
}

/** The policy document as JSON text; `undefined` when it has no statement. */
export function policyOf(lambdaFunction: LambdaFunction): string | undefined {
  if (lambdaFunction.permissions.size === 0) return undefined;
  return JSON.stringify(policyDocumentOf(lambdaFunction));
}

const documents = new WeakMap<LambdaFunction, { revisionId: string; document: PolicyDocument }>();

/** The same object until the function changes, so that what was compiled from it is kept. */
export function policyDocumentOf(lambdaFunction: LambdaFunction): PolicyDocument {
  const { revisionId, permissions } = lambdaFunction;
  const kept = documents.get(lambdaFunction);
  if (kept?.revisionId === revisionId) return kept.document;
  const document = {
    Version: "2012-10-17",
    Id: "default",
    Statement: [...permissions.values()] as unknown as PolicyStatement[],
  };
  documents.set(lambdaFunction, { revisionId, document });
  return document;
}

function statementOf(
  id: string,
  body: Readonly<Record<string, unknown>>,
  { arn }: LambdaFunction,
): Record<string, unknown> {
  const { Action, Principal, SourceArn, SourceAccount } = body;
  const { FunctionUrlAuthType, InvokedViaFunctionUrl } = body;
  if (typeof Action !== "string" || typeof Principal !== "string")
    throw new AwsError("ValidationException", "Action and Principal are required.");
  return {
    Sid: id,
    Effect: "Allow",
    Principal: principalOf(Principal),
    Action,
    Resource: arn,
    ...conditionOf({ SourceArn, SourceAccount, FunctionUrlAuthType, InvokedViaFunctionUrl }),
  };
}

function principalOf(principal: string): unknown {
  if (principal === "*") return "*";
  return principal.endsWith(".amazonaws.com") ? { Service: principal } : { AWS: principal };
}

function conditionOf(given: {
  readonly SourceArn: unknown;
  readonly SourceAccount: unknown;
  readonly FunctionUrlAuthType: unknown;
  readonly InvokedViaFunctionUrl: unknown;
}): { Condition?: Record<string, unknown> } {
  const { SourceArn, SourceAccount, FunctionUrlAuthType, InvokedViaFunctionUrl } = given;
  if (![undefined, null, "NONE", "AWS_IAM"].includes(FunctionUrlAuthType as string | undefined))
    throw new AwsError("ValidationException", "FunctionUrlAuthType must be NONE or AWS_IAM.");
  const equals = {
    ...(SourceAccount !== undefined && { "AWS:SourceAccount": SourceAccount }),
    ...(typeof FunctionUrlAuthType === "string" && {
      "lambda:FunctionUrlAuthType": FunctionUrlAuthType,
    }),
  };
  const condition = {
    ...(SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": SourceArn } }),
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(InvokedViaFunctionUrl === true && {
      Bool: { "lambda:InvokedViaFunctionUrl": "true" },
    }),
  };
  return Object.keys(condition).length > 0 ? { Condition: condition } : {};
}

function noPolicy(): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    "The resource you requested does not exist.",
    404,
    { Type: "User" },
  );
}
