import { AwsError } from "../../wire/aws-error.ts";
import { type QueryInput, required } from "../query-service.ts";
import { isAwsManaged } from "./aws-managed-policies.ts";
import type { ManagedPolicy, StoredPolicy } from "./iam-entities.ts";
import type { IamStore } from "./iam-store.ts";
import { policySize, quotaExceeded, storePolicy } from "./store-policy.ts";

const maxManagedSize = 6144;

/** The policy of `PolicyArn`, to change it. Throws AccessDenied (403) for one managed by AWS. */
export function ownPolicy(input: QueryInput, store: IamStore, operation: string): ManagedPolicy {
  const policy = store.policy(required(input, "PolicyArn"));
  if (isAwsManaged(policy.arn))
    throw new AwsError(
      "AccessDenied",
      `User: arn:aws:iam::${store.accountId}:root is not authorized to perform: iam:${operation} on resource: policy ${policy.arn}`,
      403,
    );
  return policy;
}

/** Throws MalformedPolicyDocument (400), or LimitExceeded (409) for one that is too large. */
export function readManagedDocument(text: string): StoredPolicy {
  if (policySize(text) > maxManagedSize) throw quotaExceeded("PolicySize", maxManagedSize);
  return storePolicy(text, "identity");
}
