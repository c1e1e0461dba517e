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
  if (typeof Action !== "string" || typeof Principal !== "string")
    throw new AwsError("ValidationException", "Action and Principal are required.");
  return {
    Sid: id,
    Effect: "Allow",
    Principal: Principal.endsWith(".amazonaws.com") ? { Service: Principal } : { AWS: Principal },
    Action,
    Resource: arn,
    ...((SourceArn ?? SourceAccount) !== undefined && {
      Condition: {
        ...(SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": SourceArn } }),
        ...(SourceAccount !== undefined && {
          StringEquals: { "AWS:SourceAccount": SourceAccount },
        }),
      },
    }),
  };
}

function noPolicy(): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    "The resource you requested does not exist.",
    404,
    { Type: "User" },
  );
}
