import { CreateExperimentTemplateCommand, FisClient } from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { tagMap } from "./schemas.ts";

const pairs = z.array(z.strictObject({ key: z.string(), value: z.string() }));

const action = z.strictObject({
  name: z.string(),
  actionId: z.string(),
  description: z.string().optional(),
  parameters: pairs.optional(),
  startAfters: z.array(z.string()).optional(),
  target: z.strictObject({ key: z.string(), value: z.string() }).optional(),
});

const target = z.strictObject({
  name: z.string(),
  resourceType: z.string(),
  selectionMode: z.string(),
  resourceArns: z.array(z.string()).optional(),
  resourceTags: pairs.optional(),
  filters: z.array(z.strictObject({ path: z.string(), values: z.array(z.string()) })).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
});

const logConfiguration = z.strictObject({
  logSchemaVersion: z.number(),
  cloudwatchLogsConfiguration: z.strictObject({ logGroupArn: z.string() }).optional(),
  s3Configuration: z
    .strictObject({ bucketName: z.string(), prefix: z.string().optional() })
    .optional(),
});

const experimentTemplate = resourceType(
  z.strictObject({
    description: z.string(),
    roleArn: z.string(),
    actions: z.array(action),
    stopConditions: z.array(z.strictObject({ source: z.string(), value: z.string().optional() })),
    targets: z.array(target).optional(),
    experimentOptions: z
      .strictObject({
        accountTargeting: z.enum(["single-account", "multi-account"]).optional(),
        emptyTargetResolutionMode: z.enum(["fail", "skip"]).optional(),
      })
      .optional(),
    logConfiguration: logConfiguration.optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { provider, region }) => {
    const tagsAll = provider.tagsAll(inputs.tags);
    const { experimentTemplate: made } = await provider.client(FisClient, region).send(
      new CreateExperimentTemplateCommand({
        clientToken: randomUUID(),
        description: inputs.description,
        roleArn: inputs.roleArn,
        stopConditions: inputs.stopConditions,
        actions: Object.fromEntries(inputs.actions.map((each) => [each.name, actionOf(each)])),
        targets: Object.fromEntries(
          (inputs.targets ?? []).map((each) => [each.name, targetOf(each)]),
        ),
        experimentOptions: inputs.experimentOptions,
        logConfiguration: inputs.logConfiguration && {
          logSchemaVersion: inputs.logConfiguration.logSchemaVersion,
          cloudWatchLogsConfiguration: inputs.logConfiguration.cloudwatchLogsConfiguration,
          s3Configuration: inputs.logConfiguration.s3Configuration,
        },
        tags: tagsAll,
      }),
    );
    return { id: made?.id ?? "", state: { tagsAll } };
  },
);

function actionOf({ actionId, description, parameters, startAfters, target: on }: Action) {
  return {
    actionId,
    description,
    parameters: toRecord(parameters ?? []),
    startAfter: startAfters,
    targets: on && { [on.key]: on.value },
  };
}

function targetOf(given: z.infer<typeof target>) {
  const { resourceType: type, selectionMode, resourceArns, filters, parameters } = given;
  const resourceTags = given.resourceTags && toRecord(given.resourceTags);
  return { resourceType: type, selectionMode, resourceArns, resourceTags, filters, parameters };
}

type Action = z.infer<typeof action>;

function toRecord(given: z.infer<typeof pairs>): Record<string, string> {
  return Object.fromEntries(given.map(({ key, value }) => [key, value]));
}

export const fis: Readonly<Record<string, ResourceType>> = {
  "aws:fis/experimentTemplate:ExperimentTemplate": experimentTemplate,
};
