import { parsePolicy, type PolicyKind } from "../../iam/parse-policy.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { StoredPolicy } from "./iam-entities.ts";

/** Reads a document that is to be kept. Throws MalformedPolicyDocument (400). */
export function storePolicy(text: string, kind: PolicyKind): StoredPolicy {
  return { text, document: parsePolicy(text, kind) };
}

/**
 * Size of a policy in characters; white space does not count.
 * Source: IAM User Guide, "IAM and AWS STS quotas".
 */
export function policySize(text: string): number {
  return text.replace(/\s/g, "").length;
}

export function quotaExceeded(quota: string, limit: number): AwsError {
  return new AwsError("LimitExceeded", `Cannot exceed quota for ${quota}: ${String(limit)}`, 409);
}
