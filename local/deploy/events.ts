import { randomUUID } from "node:crypto";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { jsonText, tagList, tagMap } from "./schemas.ts";

/** Loaded only for stacks that use EventBridge. */
const sdk = () => import("@aws-sdk/client-eventbridge");

const eventBus = resourceType(
  z.strictObject({
    name: z.string().optional(),
    description: z.string().optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const { EventBridgeClient, CreateEventBusCommand } = await sdk();
    const Name = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    const { EventBusArn } = await provider.client(EventBridgeClient, region).send(
      new CreateEventBusCommand({
        Name,
        Description: inputs.description,
        Tags: tagList(tagsAll),
      }),
    );
    return { id: Name, state: { name: Name, arn: EventBusArn, tagsAll } };
  },
);

const eventRule = resourceType(
  z.strictObject({
    name: z.string().optional(),
    namePrefix: z.string().optional(),
    description: z.string().optional(),
    eventBusName: z.string().optional(),
    eventPattern: jsonText.optional(),
    /** Matters to deletion only. */
    forceDestroy: z.boolean().optional(),
    /** Older programs; `state` is its successor. */
    isEnabled: z.boolean().optional(),
    roleArn: z.string().optional(),
    scheduleExpression: z.string().optional(),
    state: z
      .enum(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"])
      .optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const { EventBridgeClient, PutRuleCommand } = await sdk();
    const Name = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    const state = inputs.state ?? (inputs.isEnabled === false ? "DISABLED" : "ENABLED");
    const { RuleArn } = await provider.client(EventBridgeClient, region).send(
      new PutRuleCommand({
        Name,
        Description: inputs.description,
        EventBusName: inputs.eventBusName,
        EventPattern: inputs.eventPattern,
        RoleArn: inputs.roleArn,
        ScheduleExpression: inputs.scheduleExpression,
        State: state,
        Tags: tagList(tagsAll),
      }),
    );
    const eventBusName = inputs.eventBusName ?? "default";
    return {
      id: eventBusName === "default" ? Name : `${eventBusName}/${Name}`,
      state: { name: Name, arn: RuleArn, eventBusName, state, tagsAll },
    };
  },
);

const eventTarget = resourceType(
  z.strictObject({
    arn: z.string(),
    rule: z.string(),
    deadLetterConfig: z.strictObject({ arn: z.string().optional() }).optional(),
    eventBusName: z.string().optional(),
    /** Matters to deletion only. */
    forceDestroy: z.boolean().optional(),
    input: z.string().optional(),
    inputPath: z.string().optional(),
    inputTransformer: z
      .strictObject({
        inputPaths: z.record(z.string(), z.string()).optional(),
        inputTemplate: z.string(),
      })
      .optional(),
    retryPolicy: z
      .strictObject({
        maximumEventAgeInSeconds: z.number().optional(),
        maximumRetryAttempts: z.number().optional(),
      })
      .optional(),
    roleArn: z.string().optional(),
    sqsTarget: z.strictObject({ messageGroupId: z.string().optional() }).optional(),
    targetId: z.string().optional(),
  }),
  async (inputs, { provider, region }) => {
    const { EventBridgeClient, PutTargetsCommand } = await sdk();
    const { deadLetterConfig, inputTransformer, retryPolicy, sqsTarget } = inputs;
    const Id = inputs.targetId ?? `terraform-${randomUUID()}`;
    // A rule of a bus has the bus's name in its id, which programs give as well as its name.
    const rule = inputs.rule.split("/").at(-1);
    await provider.client(EventBridgeClient, region).send(
      new PutTargetsCommand({
        Rule: rule,
        EventBusName: inputs.eventBusName,
        Targets: [
          {
            Id,
            Arn: inputs.arn,
            RoleArn: inputs.roleArn,
            Input: inputs.input,
            InputPath: inputs.inputPath,
            InputTransformer: inputTransformer && {
              InputPathsMap: inputTransformer.inputPaths,
              InputTemplate: inputTransformer.inputTemplate,
            },
            DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
            RetryPolicy: retryPolicy && {
              MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
              MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
            },
            SqsParameters: sqsTarget && { MessageGroupId: sqsTarget.messageGroupId },
          },
        ],
      }),
    );
    const eventBusName = inputs.eventBusName ?? "default";
    return { id: `${String(rule)}-${Id}`, state: { eventBusName, targetId: Id } };
  },
);

const eventPermission = resourceType(
  z.strictObject({
    principal: z.string(),
    statementId: z.string(),
    action: z.string().optional(),
    condition: z.strictObject({ key: z.string(), type: z.string(), value: z.string() }).optional(),
    eventBusName: z.string().optional(),
  }),
  async (inputs, { provider, region }) => {
    const { EventBridgeClient, PutPermissionCommand } = await sdk();
    const { condition, eventBusName = "default" } = inputs;
    await provider.client(EventBridgeClient, region).send(
      new PutPermissionCommand({
        EventBusName: eventBusName,
        StatementId: inputs.statementId,
        Principal: inputs.principal,
        Action: inputs.action ?? "events:PutEvents",
        Condition: condition && {
          Key: condition.key,
          Type: condition.type,
          Value: condition.value,
        },
      }),
    );
    return { id: `${eventBusName}/${inputs.statementId}`, state: { eventBusName } };
  },
);

const eventBusPolicy = resourceType(
  z.strictObject({ policy: jsonText, eventBusName: z.string().optional() }),
  async (inputs, { provider, region }) => {
    const { EventBridgeClient, PutPermissionCommand } = await sdk();
    const { policy, eventBusName = "default" } = inputs;
    await provider
      .client(EventBridgeClient, region)
      .send(new PutPermissionCommand({ EventBusName: eventBusName, Policy: policy }));
    return { id: eventBusName, state: { eventBusName } };
  },
);

export const events: Readonly<Record<string, ResourceType>> = {
  "aws:cloudwatch/eventBus:EventBus": eventBus,
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
  "aws:cloudwatch/eventPermission:EventPermission": eventPermission,
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": eventBusPolicy,
};
