import type { XmlValue } from "../../wire/xml.ts";
import type { ManagedPolicy, PolicyVersion, Role } from "./iam-entities.ts";
import type { IamStore } from "./iam-store.ts";
import { tagList } from "./tags.ts";

/** A role as ListRoles answers it. */
export function roleXml(role: Role): Record<string, XmlValue> {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: dateXml(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy.text),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDurationSeconds,
  };
}

/** A role as GetRole and CreateRole answer it, with its tags. */
export function roleDetailXml(role: Role): Record<string, XmlValue> {
  return { ...roleXml(role), ...(role.tags.size > 0 && { Tags: tagList(role.tags) }) };
}

/** A policy as ListPolicies answers it. */
export function policyXml(policy: ManagedPolicy, store: IamStore): Record<string, XmlValue> {
  const attached = [...store.roles.values()].filter((role) =>
    role.attachedPolicyArns.has(policy.arn),
  );
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attached.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: dateXml(policy.createdAt),
    UpdateDate: dateXml(policy.updatedAt),
  };
}

/** A policy as GetPolicy and CreatePolicy answer it, with its description and tags. */
export function policyDetailXml(policy: ManagedPolicy, store: IamStore): Record<string, XmlValue> {
  return {
    ...policyXml(policy, store),
    Description: policy.description,
    ...(policy.tags.size > 0 && { Tags: tagList(policy.tags) }),
  };
}

export function versionXml(
  version: PolicyVersion,
  policy: ManagedPolicy,
): Record<string, XmlValue> {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: dateXml(version.createdAt),
  };
}

/** ISO 8601 in whole seconds, as the query protocol writes a timestamp. */
export function dateXml(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** IAM answers policy documents percent-encoded. Source: IAM API, GetRolePolicy; RFC 3986. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
