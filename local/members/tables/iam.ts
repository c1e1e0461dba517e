import type { ServiceMembers } from "../member-table.ts";

const paged = "Marker MaxItems";
const tags = "Tags(Key Value)";

/** Source: IAM API 2010-05-08. */
export const iamMembers: ServiceMembers = {
  CreateRole: {
    honours: `RoleName AssumeRolePolicyDocument Path Description MaxSessionDuration ${tags}`,
    refuses: "PermissionsBoundary",
  },
  GetRole: { honours: "RoleName" },
  ListRoles: { honours: `PathPrefix ${paged}` },
  UpdateRole: { honours: "RoleName Description MaxSessionDuration" },
  UpdateRoleDescription: { honours: "RoleName Description" },
  UpdateAssumeRolePolicy: { honours: "RoleName PolicyDocument" },
  DeleteRole: { honours: "RoleName" },
  // No role is in an instance profile, so that the list is empty on every page.
  ListInstanceProfilesForRole: { honours: `RoleName ${paged}` },
  PutRolePolicy: { honours: "RoleName PolicyName PolicyDocument" },
  GetRolePolicy: { honours: "RoleName PolicyName" },
  ListRolePolicies: { honours: `RoleName ${paged}` },
  DeleteRolePolicy: { honours: "RoleName PolicyName" },
  CreatePolicy: { honours: `PolicyName PolicyDocument Path Description ${tags}` },
  GetPolicy: { honours: "PolicyArn" },
  ListPolicies: { honours: `Scope OnlyAttached PathPrefix PolicyUsageFilter ${paged}` },
  DeletePolicy: { honours: "PolicyArn" },
  CreatePolicyVersion: { honours: "PolicyArn PolicyDocument SetAsDefault" },
  GetPolicyVersion: { honours: "PolicyArn VersionId" },
  ListPolicyVersions: { honours: `PolicyArn ${paged}` },
  SetDefaultPolicyVersion: { honours: "PolicyArn VersionId" },
  DeletePolicyVersion: { honours: "PolicyArn VersionId" },
  AttachRolePolicy: { honours: "RoleName PolicyArn" },
  DetachRolePolicy: { honours: "RoleName PolicyArn" },
  ListAttachedRolePolicies: { honours: `RoleName PathPrefix ${paged}` },
  ListEntitiesForPolicy: {
    honours: `PolicyArn EntityFilter PathPrefix PolicyUsageFilter ${paged}`,
  },
  TagRole: { honours: `RoleName ${tags}` },
  UntagRole: { honours: "RoleName TagKeys" },
  ListRoleTags: { honours: `RoleName ${paged}` },
  TagPolicy: { honours: `PolicyArn ${tags}` },
  UntagPolicy: { honours: "PolicyArn TagKeys" },
  ListPolicyTags: { honours: `PolicyArn ${paged}` },
  GetUser: { honours: "UserName" },
};
