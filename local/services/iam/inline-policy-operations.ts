import { AwsError } from "../../wire/aws-error.ts";
import { required } from "../query-service.ts";
import { encodeDocument } from "./entity-xml.ts";
import type { Role, StoredPolicy } from "./iam-entities.ts";
import { policyNameOf, roleNameOf } from "./iam-input.ts";
import type { IamOperation } from "./iam-operation.ts";
import { pageOf } from "./page.ts";
import { policySize, storePolicy } from "./store-policy.ts";

const maxInlineSize = 10_240;

/** Policies that are part of a role. Source: IAM API 2010-05-08. */
export const inlinePolicyOperations: Readonly<Record<string, IamOperation>> = {
  PutRolePolicy(input, store) {
    const role = store.role(roleNameOf(input));
    const name = policyNameOf(input);
    const policy = storePolicy(required(input, "PolicyDocument"), "identity");
    const others = [...role.inlinePolicies].filter(([other]) => other !== name);
    const size = others.reduce(
      (sum, [, { text }]) => sum + policySize(text),
      policySize(policy.text),
    );
    if (size > maxInlineSize)
      throw new AwsError(
        "LimitExceeded",
        `Maximum policy size of ${String(maxInlineSize)} bytes exceeded for role ${role.name}`,
        409,
      );
    role.inlinePolicies.set(name, policy);
    store.policiesChanged();
    return undefined;
  },

  GetRolePolicy(input, store) {
    const role = store.role(roleNameOf(input));
    const name = policyNameOf(input);
    const { text } = inlinePolicy(role, name);
    return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeDocument(text) };
  },

  ListRolePolicies(input, store) {
    const role = store.role(roleNameOf(input));
    const { items, paging } = pageOf(input, [...role.inlinePolicies.keys()].sort());
    return { PolicyNames: items, ...paging };
  },

  DeleteRolePolicy(input, store) {
    const role = store.role(roleNameOf(input));
    const name = policyNameOf(input);
    inlinePolicy(role, name);
    role.inlinePolicies.delete(name);
    store.policiesChanged();
    return undefined;
  },
};

function inlinePolicy(role: Role, name: string): StoredPolicy {
  const policy = role.inlinePolicies.get(name);
  if (policy) return policy;
  throw new AwsError("NoSuchEntity", `The role policy with name ${name} cannot be found.`, 404);
}
