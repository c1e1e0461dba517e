import { AwsError } from "../../wire/aws-error.ts";
import { type QueryInput, required } from "../query-service.ts";
import { encodeDocument, versionXml } from "./entity-xml.ts";
import type { ManagedPolicy, PolicyVersion } from "./iam-entities.ts";
import type { IamOperation } from "./iam-operation.ts";
import { ownPolicy, readManagedDocument } from "./own-policy.ts";
import { pageOf } from "./page.ts";

const maxVersions = 5;

/** Source: IAM API 2010-05-08. */
export const policyVersionOperations: Readonly<Record<string, IamOperation>> = {
  CreatePolicyVersion(input, store) {
    const policy = ownPolicy(input, store, "CreatePolicyVersion");
    const stored = readManagedDocument(required(input, "PolicyDocument"));
    if (policy.versions.length >= maxVersions)
      throw new AwsError(
        "LimitExceeded",
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
        409,
      );
    const createdAt = new Date();
    policy.lastVersion++;
    const version = { ...stored, id: `v${String(policy.lastVersion)}`, createdAt };
    policy.versions.unshift(version);
    policy.updatedAt = createdAt;
    if (input["SetAsDefault"] === "true") {
      policy.defaultVersionId = version.id;
      store.policiesChanged();
    }
    return { PolicyVersion: versionXml(version, policy) };
  },

  GetPolicyVersion(input, store) {
    const policy = store.policy(required(input, "PolicyArn"));
    const version = versionOf(policy, input);
    return {
      PolicyVersion: { ...versionXml(version, policy), Document: encodeDocument(version.text) },
    };
  },

  ListPolicyVersions(input, store) {
    const policy = store.policy(required(input, "PolicyArn"));
    const { items, paging } = pageOf(input, policy.versions);
    return { Versions: items.map((version) => versionXml(version, policy)), ...paging };
  },

  SetDefaultPolicyVersion(input, store) {
    const policy = ownPolicy(input, store, "SetDefaultPolicyVersion");
    policy.defaultVersionId = versionOf(policy, input).id;
    policy.updatedAt = new Date();
    store.policiesChanged();
    return undefined;
  },

  DeletePolicyVersion(input, store) {
    const policy = ownPolicy(input, store, "DeletePolicyVersion");
    const version = versionOf(policy, input);
    if (version.id === policy.defaultVersionId)
      throw new AwsError("DeleteConflict", "Cannot delete the default version of a policy.", 409);
    policy.versions.splice(policy.versions.indexOf(version), 1);
    return undefined;
  },
};

function versionOf(policy: ManagedPolicy, input: QueryInput): PolicyVersion {
  const id = required(input, "VersionId");
  const version = policy.versions.find((each) => each.id === id);
  if (version) return version;
  throw new AwsError(
    "NoSuchEntity",
    `Policy ${policy.arn} version ${id} does not exist or is not attachable.`,
    404,
  );
}
