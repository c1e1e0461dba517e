import type { AwsCall } from "../../wire/aws-call.ts";
import { type ActionTable, anyResource, type CallInput, entries, textIn } from "./action-reader.ts";

/** Source: Service Authorization Reference, AWS Identity and Access Management. */
export const iamActions: ActionTable = {
  ...entries(
    "iam",
    [
      "CreateRole",
      "GetRole",
      "UpdateRole",
      "UpdateRoleDescription",
      "UpdateAssumeRolePolicy",
      "DeleteRole",
      "PutRolePolicy",
      "GetRolePolicy",
      "ListRolePolicies",
      "DeleteRolePolicy",
      "AttachRolePolicy",
      "DetachRolePolicy",
      "ListAttachedRolePolicies",
      "TagRole",
      "UntagRole",
      "ListRoleTags",
      "ListInstanceProfilesForRole",
    ],
    roleOf,
  ),
  ...entries(
    "iam",
    [
      "GetPolicy",
      "DeletePolicy",
      "CreatePolicyVersion",
      "GetPolicyVersion",
      "ListPolicyVersions",
      "SetDefaultPolicyVersion",
      "DeletePolicyVersion",
      "ListEntitiesForPolicy",
      "TagPolicy",
      "UntagPolicy",
      "ListPolicyTags",
    ],
    (input) => [textIn(input, "PolicyArn")],
  ),
  ...entries("iam", ["CreatePolicy"], (input, call) => [
    `arn:aws:iam::${call.accountId}:policy${textIn(input, "Path") || "/"}${textIn(input, "PolicyName")}`,
  ]),
  ...entries("iam", ["ListRoles", "ListPolicies", "GetUser"], anyResource),
};

/** Only CreateRole names the path of a role; the others match a role at the root path. */
function roleOf(input: CallInput, call: AwsCall): string[] {
  const path = textIn(input, "Path") || "/";
  return [`arn:aws:iam::${call.accountId}:role${path}${textIn(input, "RoleName")}`];
}
