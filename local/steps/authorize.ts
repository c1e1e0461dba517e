import { accessDenied, type DenialReason, expiredToken } from "../iam/access-denied.ts";
import { actionsOfCall } from "../iam/action-of-call.ts";
import type { ConditionContext } from "../iam/condition-context.ts";
import { unknownConditionKeys } from "../iam/condition-keys.ts";
import { evaluate } from "../iam/evaluate.ts";
import { readResourcePolicy } from "../iam/read-resource-policy.ts";
import type { PolicyDocument } from "../iam/policy-document.ts";
import type { Log } from "../log.ts";
import type { IamStore } from "../services/iam/iam-store.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import type { HttpRequest } from "../wire/http.ts";

export interface AuthorizeArgs {
  readonly iam: IamStore;
  /** Policy of a table, queue, topic or function, as its JSON text, by its ARN. */
  resourcePolicyOf(arn: string): string | undefined;
  /** Tags of a resource, for `aws:ResourceTag/…`. */
  resourceTagsOf?(arn: string): Readonly<Record<string, string>> | undefined;
  readonly log: Log;
}

/**
 * Whether the role that signed a call may make it: throws AwsError, in the form of the call's
 * service, when it may not, and for credentials that have ended. A call without a role, as of a
 * user with test keys, is not checked. An operation whose action is not known is denied.
 */
export function createAuthorize(args: AuthorizeArgs): (call: AwsCall) => void {
  const { iam, log } = args;
  const warned = new WeakSet<PolicyDocument>();
  const warn = (policy: PolicyDocument, problem?: string): void => {
    if (warned.has(policy)) return;
    warned.add(policy);
    if (problem !== undefined) log({ event: "resource-policy-unreadable", problem });
    const keys = unknownConditionKeys(policy);
    if (keys.length > 0) log({ event: "condition-keys-without-value", keys });
  };

  return (call) => {
    const { accessKeyId, roleArn } = call;
    if (roleArn === undefined) {
      if (accessKeyId !== undefined && iam.isEnded(accessKeyId)) throw expiredToken(call);
      return;
    }
    const session = accessKeyId === undefined ? undefined : iam.sessionOf(accessKeyId);
    const sessionArn = session?.sessionArn;
    const principal = sessionArn ?? roleArn;
    const needs = actionsOfCall(call);
    if (!needs) {
      const action = `${call.service}:${call.operation}`;
      log({ event: "action-unknown", action, roleArn, requestId: call.requestId });
      const needed = { action, resource: "*" };
      throw accessDenied(call, { principal, needed, reason: "unknown-operation" });
    }
    const identityPolicies = iam.identityPoliciesOf(roleArn);
    for (const policy of identityPolicies) warn(policy);
    for (const needed of needs) {
      const text = args.resourcePolicyOf(policyOwner(needed.resource));
      const resourcePolicy = text === undefined ? undefined : readResourcePolicy(text);
      if (resourcePolicy) warn(resourcePolicy.document, resourcePolicy.problem);
      const question = {
        ...needed,
        principalArn: roleArn,
        sessionArn,
        context: contextOfCall(call, needed.resource, args),
        identityPolicies,
      };
      const decision = evaluate({
        ...question,
        resourcePolicies: resourcePolicy ? [resourcePolicy.document] : [],
      });
      if (decision === "allow") continue;
      let reason: DenialReason = "no-allow";
      if (decision === "explicit-deny")
        reason =
          evaluate(question) === "explicit-deny"
            ? "explicit-deny-identity"
            : "explicit-deny-resource";
      log({ event: "access-denied", ...needed, reason, roleArn, requestId: call.requestId });
      throw accessDenied(call, { principal, needed, reason });
    }
  };
}

/** The policy of a table holds for its indexes and streams, that of a bucket for its objects. */
function policyOwner(arn: string): string {
  return /^(arn:aws:dynamodb:[^/]*\/[^/]+|arn:aws:s3:::[^/]+)\//.exec(arn)?.[1] ?? arn;
}

function contextOfCall(
  call: AwsCall,
  resource: string,
  { iam, resourceTagsOf }: AuthorizeArgs,
): ConditionContext {
  return (key) => {
    if (key.startsWith("aws:resourcetag/"))
      return valueOf(Object.entries(resourceTagsOf?.(resource) ?? {}), key);
    if (key.startsWith("aws:principaltag/"))
      return valueOf(iam.roleOfArn(call.roleArn ?? "")?.tags ?? [], key);
    const own = call.conditionValues?.[key];
    if (own !== undefined) return own;
    return Object.hasOwn(readers, key) ? readers[key]?.(call, iam) : undefined;
  };
}

/** Tag keys of conditions are compared without case. */
function valueOf(tags: Iterable<readonly [string, string]>, key: string): string | undefined {
  const wanted = key.slice(key.indexOf("/") + 1);
  for (const [tag, value] of tags) if (tag.toLowerCase() === wanted) return value;
  return undefined;
}

/** Source: IAM User Guide, "AWS global condition context keys". */
const readers: Readonly<Record<string, (call: AwsCall, iam: IamStore) => string | undefined>> = {
  "aws:currenttime": () => new Date().toISOString(),
  "aws:epochtime": () => String(Math.floor(Date.now() / 1000)),
  "aws:principalaccount": (call) => call.accountId,
  "aws:principalarn": (call) => call.roleArn,
  "aws:principaltype": () => "AssumedRole",
  "aws:requestedregion": (call) => call.region,
  "aws:resourceaccount": (call) => call.accountId,
  "aws:principalisawsservice": () => "false",
  "aws:viaawsservice": () => "false",
  // Calls here are plain HTTP on the loopback interface; in the account the same calls are TLS.
  "aws:securetransport": () => "true",
  "aws:sourceip": () => "127.0.0.1",
  "aws:useragent": ({ request }) => request.headers["user-agent"],
  "s3:delimiter": ({ request }) => request.query.get("delimiter") ?? undefined,
  "s3:max-keys": ({ request }) => request.query.get("max-keys") ?? undefined,
  "s3:prefix": ({ request }) => request.query.get("prefix") ?? undefined,
  "s3:versionid": ({ request }) => request.query.get("versionId") ?? undefined,
  "s3:x-amz-acl": ({ request }) => headerOf(request, "x-amz-acl"),
  "s3:x-amz-copy-source": ({ request }) => headerOf(request, "x-amz-copy-source"),
  "s3:x-amz-server-side-encryption": ({ request }) =>
    headerOf(request, "x-amz-server-side-encryption"),
  "s3:x-amz-storage-class": ({ request }) => headerOf(request, "x-amz-storage-class"),
  "aws:userid"({ roleArn = "", accessKeyId = "" }, iam) {
    const id = iam.roleOfArn(roleArn)?.id;
    const session = iam.sessionOf(accessKeyId);
    return id && session && `${id}:${session.sessionName}`;
  },
};

function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
