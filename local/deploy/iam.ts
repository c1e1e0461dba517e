import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { jsonText, tagList, tagMap } from "./schemas.ts";

const role = resourceType(
  z.strictObject({
    name: z.string().optional(),
    namePrefix: z.string().optional(),
    path: z.string().optional(),
    description: z.string().optional(),
    assumeRolePolicy: jsonText,
    maxSessionDuration: z.number().optional(),
    permissionsBoundary: z.string().optional(),
    /** Matters to deletion only. */
    forceDetachPolicies: z.boolean().optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider }) => {
    const RoleName = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    const { Role } = await provider.client(IAMClient).send(
      new CreateRoleCommand({
        RoleName,
        Path: inputs.path,
        Description: inputs.description,
        AssumeRolePolicyDocument: inputs.assumeRolePolicy,
        MaxSessionDuration: inputs.maxSessionDuration,
        PermissionsBoundary: inputs.permissionsBoundary,
        Tags: tagList(tagsAll),
      }),
    );
    return {
      id: RoleName,
      state: {
        name: RoleName,
        arn: Role?.Arn,
        path: Role?.Path,
        uniqueId: Role?.RoleId,
        createDate: Role?.CreateDate?.toISOString(),
        maxSessionDuration: inputs.maxSessionDuration ?? 3600,
        tagsAll,
      },
    };
  },
);

const rolePolicy = resourceType(
  z.strictObject({
    name: z.string().optional(),
    namePrefix: z.string().optional(),
    policy: jsonText,
    role: z.string(),
  }),
  async (inputs, { name, provider }) => {
    const PolicyName = physicalName(name, inputs);
    await provider.client(IAMClient).send(
      new PutRolePolicyCommand({
        RoleName: inputs.role,
        PolicyName,
        PolicyDocument: inputs.policy,
      }),
    );
    return { id: `${inputs.role}:${PolicyName}`, state: { name: PolicyName } };
  },
);

const rolePolicyAttachment = resourceType(
  z.strictObject({ policyArn: z.string(), role: z.string() }),
  async (inputs, { provider }) => {
    await provider
      .client(IAMClient)
      .send(new AttachRolePolicyCommand({ RoleName: inputs.role, PolicyArn: inputs.policyArn }));
    return { id: `${inputs.role}/${inputs.policyArn}`, state: {} };
  },
);

export const iam: Readonly<Record<string, ResourceType>> = {
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
};
