import { AwsError } from "../../wire/aws-error.ts";
import { required } from "../query-service.ts";
import { roleNameOf } from "./iam-input.ts";
import type { IamOperation } from "./iam-operation.ts";
import { pageOf } from "./page.ts";
import { quotaExceeded } from "./store-policy.ts";

/** Raised from 10, the quota of a new account, as far as AWS raises it on request. */
const maxAttached = 20;

/** Managed policies at roles. Source: IAM API 2010-05-08. */
export const attachmentOperations: Readonly<Record<string, IamOperation>> = {
  AttachRolePolicy(input, store) {
    const role = store.role(roleNameOf(input));
    const arn = required(input, "PolicyArn");
    if (!store.policies.has(arn))
      throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
    if (!role.attachedPolicyArns.has(arn) && role.attachedPolicyArns.size >= maxAttached)
      throw quotaExceeded("PoliciesPerRole", maxAttached);
    role.attachedPolicyArns.add(arn);
    store.policiesChanged();
    return undefined;
  },

  DetachRolePolicy(input, store) {
    const role = store.role(roleNameOf(input));
    const arn = required(input, "PolicyArn");
    if (!role.attachedPolicyArns.delete(arn))
      throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`, 404);
    store.policiesChanged();
    return undefined;
  },

  ListAttachedRolePolicies(input, store) {
    const role = store.role(roleNameOf(input));
    const prefix = input["PathPrefix"] ?? "/";
    const attached = [...role.attachedPolicyArns]
      .map((arn) => store.policy(arn))
      .filter((policy) => policy.path.startsWith(prefix));
    const { items, paging } = pageOf(input, attached);
    return {
      AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
      ...paging,
    };
  },

  ListEntitiesForPolicy(input, store) {
    const policy = store.policy(required(input, "PolicyArn"));
    const filter = input["EntityFilter"] ?? "Role";
    const prefix = input["PathPrefix"] ?? "/";
    const roles = [...store.roles.values()].filter(
      (role) =>
        filter === "Role" &&
        input["PolicyUsageFilter"] !== "PermissionsBoundary" &&
        role.path.startsWith(prefix) &&
        role.attachedPolicyArns.has(policy.arn),
    );
    const { items, paging } = pageOf(input, roles);
    return {
      PolicyGroups: [],
      PolicyUsers: [],
      PolicyRoles: items.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...paging,
    };
  },
};
