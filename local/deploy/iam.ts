import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
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
    managedPolicyArns: z.array(z.string()).optional(),
    /** An empty one stands for "no inline policies". */
    inlinePolicies: z
      .array(z.strictObject({ name: z.string().optional(), policy: jsonText.optional() }))
      .optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider }) => {
    const RoleName = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    const client = provider.client(IAMClient);
    const { Role } = await client.send(
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
    for (const PolicyArn of inputs.managedPolicyArns ?? [])
      await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    for (const { name: PolicyName, policy } of inputs.inlinePolicies ?? [])
      if (policy !== undefined)
        await client.send(
          new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: policy }),
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

const policy = resourceType(
  z.strictObject({
    name: z.string().optional(),
    namePrefix: z.string().optional(),
    path: z.string().optional(),
    description: z.string().optional(),
    policy: jsonText,
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider }) => {
    const PolicyName = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    const { Policy } = await provider.client(IAMClient).send(
      new CreatePolicyCommand({
        PolicyName,
        Path: inputs.path,
        Description: inputs.description,
        PolicyDocument: inputs.policy,
        Tags: tagList(tagsAll),
      }),
    );
    return {
      id: Policy?.Arn ?? "",
      state: {
        name: PolicyName,
        arn: Policy?.Arn,
        path: Policy?.Path,
        policyId: Policy?.PolicyId,
        attachmentCount: 0,
        tagsAll,
      },
    };
  },
);

/** Attaches a policy to roles; users and groups, which the embedded cloud has not, are refused. */
const policyAttachment = resourceType(
  z.strictObject({
    name: z.string().optional(),
    policyArn: z.string(),
    roles: z.array(z.string()),
  }),
  async (inputs, { name, provider }) => {
    const client = provider.client(IAMClient);
    for (const RoleName of inputs.roles)
      await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: inputs.policyArn }));
    return { id: inputs.name ?? name, state: { name: inputs.name ?? name } };
  },
);

export const iam: Readonly<Record<string, ResourceType>> = {
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/policy:Policy": policy,
  "aws:iam/policyAttachment:PolicyAttachment": policyAttachment,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
};
