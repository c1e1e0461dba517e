import { AwsError } from "../../wire/aws-error.ts";
import { required } from "../query-service.ts";
import { isAwsManaged } from "./aws-managed-policies.ts";
import { createEntityId } from "./entity-id.ts";
import { policyDetailXml, policyXml } from "./entity-xml.ts";
import type { ManagedPolicy } from "./iam-entities.ts";
import { descriptionOf, pathOf, policyNameOf } from "./iam-input.ts";
import type { IamOperation } from "./iam-operation.ts";
import { ownPolicy, readManagedDocument } from "./own-policy.ts";
import { pageOf } from "./page.ts";
import { readTags, setTags } from "./tags.ts";

/** Source: IAM API 2010-05-08. */
export const managedPolicyOperations: Readonly<Record<string, IamOperation>> = {
  CreatePolicy(input, store) {
    const name = policyNameOf(input);
    const path = pathOf(input);
    for (const { name: other, arn } of store.policies.values())
      if (!isAwsManaged(arn) && other.toLowerCase() === name.toLowerCase())
        throw new AwsError(
          "EntityAlreadyExists",
          `A policy called ${name} already exists. Duplicate names are not allowed.`,
          409,
        );
    const createdAt = new Date();
    const stored = readManagedDocument(required(input, "PolicyDocument"));
    const policy: ManagedPolicy = {
      name,
      path,
      id: createEntityId("ANPA"),
      arn: `arn:aws:iam::${store.accountId}:policy${path}${name}`,
      createdAt,
      updatedAt: createdAt,
      description: descriptionOf(input),
      tags: new Map(),
      versions: [{ ...stored, id: "v1", createdAt }],
      defaultVersionId: "v1",
      lastVersion: 1,
    };
    setTags(policy.tags, readTags(input));
    store.policies.set(policy.arn, policy);
    return { Policy: policyDetailXml(policy, store) };
  },

  GetPolicy(input, store) {
    return { Policy: policyDetailXml(store.policy(required(input, "PolicyArn")), store) };
  },

  ListPolicies(input, store) {
    const scope = input["Scope"] ?? "All";
    const prefix = input["PathPrefix"] ?? "/";
    const policies = [...store.policies.values()]
      .filter(({ arn }) => scope === "All" || (scope === "AWS") === isAwsManaged(arn))
      .filter(({ path }) => path.startsWith(prefix))
      .map((policy) => policyXml(policy, store))
      .filter((xml) => input["OnlyAttached"] !== "true" || xml["AttachmentCount"] !== 0)
      .filter(() => input["PolicyUsageFilter"] !== "PermissionsBoundary");
    const { items, paging } = pageOf(input, policies);
    return { Policies: items, ...paging };
  },

  DeletePolicy(input, store) {
    const policy = ownPolicy(input, store, "DeletePolicy");
    for (const role of store.roles.values())
      if (role.attachedPolicyArns.has(policy.arn))
        throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
    if (policy.versions.length > 1)
      throw new AwsError(
        "DeleteConflict",
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        409,
      );
    store.policies.delete(policy.arn);
    return undefined;
  },
};
