import { AwsError } from "../../wire/aws-error.ts";
import { required } from "../query-service.ts";
import { createEntityId } from "./entity-id.ts";
import { roleDetailXml, roleXml } from "./entity-xml.ts";
import type { Role } from "./iam-entities.ts";
import { descriptionOf, integerOf, pathOf, roleNameOf } from "./iam-input.ts";
import type { IamOperation } from "./iam-operation.ts";
import { pageOf } from "./page.ts";
import { policySize, quotaExceeded, storePolicy } from "./store-policy.ts";
import { readTags, setTags } from "./tags.ts";

const sessionDuration = { min: 3600, max: 43_200 };
const maxTrustPolicySize = 2048;

/** Source: IAM API 2010-05-08. */
export const roleOperations: Readonly<Record<string, IamOperation>> = {
  CreateRole(input, store) {
    const name = roleNameOf(input);
    const path = pathOf(input);
    if (store.roles.has(name.toLowerCase()))
      throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, 409);
    const role: Role = {
      name,
      path,
      id: createEntityId("AROA"),
      arn: `arn:aws:iam::${store.accountId}:role${path}${name}`,
      createdAt: new Date(),
      trustPolicy: readTrustPolicy(required(input, "AssumeRolePolicyDocument")),
      description: descriptionOf(input),
      maxSessionDurationSeconds:
        integerOf(input, "MaxSessionDuration", sessionDuration) ?? sessionDuration.min,
      tags: new Map(),
      inlinePolicies: new Map(),
      attachedPolicyArns: new Set(),
    };
    setTags(role.tags, readTags(input));
    store.roles.set(name.toLowerCase(), role);
    store.policiesChanged();
    return { Role: roleDetailXml(role) };
  },

  GetRole(input, store) {
    const role = store.role(roleNameOf(input));
    return { Role: { ...roleDetailXml(role), RoleLastUsed: {} } };
  },

  ListRoles(input, store) {
    const prefix = input["PathPrefix"] ?? "/";
    const roles = [...store.roles.values()]
      .filter((role) => role.path.startsWith(prefix))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const { items, paging } = pageOf(input, roles);
    return { Roles: items.map(roleXml), ...paging };
  },

  UpdateRole(input, store) {
    const role = store.role(roleNameOf(input));
    const seconds = integerOf(input, "MaxSessionDuration", sessionDuration);
    role.description = descriptionOf(input) ?? role.description;
    // "If you do not specify a value for this setting, the default value of one hour is applied."
    role.maxSessionDurationSeconds = seconds ?? sessionDuration.min;
    return {};
  },

  UpdateRoleDescription(input, store) {
    const role = store.role(roleNameOf(input));
    role.description = descriptionOf(input) ?? "";
    return { Role: roleDetailXml(role) };
  },

  UpdateAssumeRolePolicy(input, store) {
    const role = store.role(roleNameOf(input));
    role.trustPolicy = readTrustPolicy(required(input, "PolicyDocument"));
    return undefined;
  },

  DeleteRole(input, store) {
    const role = store.role(roleNameOf(input));
    if (role.attachedPolicyArns.size > 0)
      throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (role.inlinePolicies.size > 0)
      throw deleteConflict("Cannot delete entity, must delete policies first.");
    store.roles.delete(role.name.toLowerCase());
    store.policiesChanged();
    return undefined;
  },

  /** Instance profiles are of EC2, which is not here: no role is in one. */
  ListInstanceProfilesForRole(input, store) {
    store.role(roleNameOf(input));
    return { InstanceProfiles: [], IsTruncated: false };
  },
};

function readTrustPolicy(text: string) {
  if (policySize(text) > maxTrustPolicySize)
    throw quotaExceeded("ACLSizePerRole", maxTrustPolicySize);
  return storePolicy(text, "trust");
}

function deleteConflict(message: string): AwsError {
  return new AwsError("DeleteConflict", message, 409);
}
