import {
  CreateTableCommand,
  DynamoDBClient,
  PutResourcePolicyCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { jsonText, tagList, tagMap } from "./schemas.ts";

/** Waiting for a table to become ACTIVE, in seconds. */
const ACTIVE_WITHIN_SECONDS = 30;

const index = {
  name: z.string(),
  rangeKey: z.string().optional(),
  projectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
  nonKeyAttributes: z.array(z.string()).optional(),
};

const capacity = { readCapacity: z.number().optional(), writeCapacity: z.number().optional() };

const tableInputs = z.strictObject({
  name: z.string().optional(),
  attributes: z.array(z.strictObject({ name: z.string(), type: z.enum(["S", "N", "B"]) })),
  hashKey: z.string(),
  rangeKey: z.string().optional(),
  billingMode: z.enum(["PAY_PER_REQUEST", "PROVISIONED"]).default("PROVISIONED"),
  ...capacity,
  globalSecondaryIndexes: z
    .array(z.strictObject({ ...index, ...capacity, hashKey: z.string() }))
    .optional(),
  localSecondaryIndexes: z.array(z.strictObject(index)).optional(),
  deletionProtectionEnabled: z.boolean().optional(),
  streamEnabled: z.boolean().optional(),
  streamViewType: z.enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]).optional(),
  serverSideEncryption: z
    .strictObject({ enabled: z.boolean(), kmsKeyArn: z.string().optional() })
    .optional(),
  tableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).optional(),
  pointInTimeRecovery: z
    .strictObject({ enabled: z.boolean(), recoveryPeriodInDays: z.number().optional() })
    .optional(),
  ttl: z
    .strictObject({ attributeName: z.string().optional(), enabled: z.boolean().optional() })
    .optional(),
  tags: tagMap.optional(),
});

type TableInputs = z.infer<typeof tableInputs>;

const table = resourceType(tableInputs, async (inputs, { name, provider, region }) => {
  const client = provider.client(DynamoDBClient, region);
  const TableName = physicalName(name, inputs);
  const tagsAll = provider.tagsAll(inputs.tags);
  const { TableDescription } = await client.send(
    new CreateTableCommand({ TableName, ...tableSettings(inputs), Tags: tagList(tagsAll) }),
  );
  if (TableDescription?.TableStatus !== "ACTIVE") {
    await waitUntilTableExists(
      { client, minDelay: 0.02, maxDelay: 1, maxWaitTime: ACTIVE_WITHIN_SECONDS },
      { TableName },
    );
  }
  if (inputs.pointInTimeRecovery?.enabled) {
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: true,
          RecoveryPeriodInDays: inputs.pointInTimeRecovery.recoveryPeriodInDays,
        },
      }),
    );
  }
  if (inputs.ttl?.enabled) {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled: true, AttributeName: inputs.ttl.attributeName },
      }),
    );
  }
  return {
    id: TableName,
    state: {
      name: TableName,
      arn: TableDescription?.TableArn,
      billingMode: inputs.billingMode,
      streamArn: TableDescription?.LatestStreamArn,
      streamLabel: TableDescription?.LatestStreamLabel,
      tagsAll,
    },
  };
});

/** The part of CreateTable's input that is the table's own. */
function tableSettings(inputs: TableInputs) {
  const throughput = (given: { readCapacity?: number; writeCapacity?: number }) =>
    inputs.billingMode === "PROVISIONED"
      ? {
          ProvisionedThroughput: {
            ReadCapacityUnits: given.readCapacity ?? 1,
            WriteCapacityUnits: given.writeCapacity ?? 1,
          },
        }
      : {};
  return {
    AttributeDefinitions: inputs.attributes.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: keySchema(inputs.hashKey, inputs.rangeKey),
    BillingMode: inputs.billingMode,
    ...throughput(inputs),
    GlobalSecondaryIndexes: inputs.globalSecondaryIndexes?.map((given) => ({
      IndexName: given.name,
      KeySchema: keySchema(given.hashKey, given.rangeKey),
      Projection: projection(given),
      ...throughput(given),
    })),
    LocalSecondaryIndexes: inputs.localSecondaryIndexes?.map((given) => ({
      IndexName: given.name,
      KeySchema: keySchema(inputs.hashKey, given.rangeKey),
      Projection: projection(given),
    })),
    DeletionProtectionEnabled: inputs.deletionProtectionEnabled,
    StreamSpecification: inputs.streamEnabled
      ? { StreamEnabled: true, StreamViewType: inputs.streamViewType }
      : undefined,
    SSESpecification: inputs.serverSideEncryption?.enabled
      ? { Enabled: true, KMSMasterKeyId: inputs.serverSideEncryption.kmsKeyArn }
      : undefined,
    TableClass: inputs.tableClass,
  };
}

function keySchema(hashKey: string, rangeKey: string | undefined) {
  const hash = { AttributeName: hashKey, KeyType: "HASH" as const };
  return rangeKey === undefined
    ? [hash]
    : [hash, { AttributeName: rangeKey, KeyType: "RANGE" as const }];
}

function projection(given: {
  projectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
  nonKeyAttributes?: string[];
}) {
  return { ProjectionType: given.projectionType, NonKeyAttributes: given.nonKeyAttributes };
}

const resourcePolicy = resourceType(
  z.strictObject({
    resourceArn: z.string(),
    policy: jsonText,
    confirmRemoveSelfResourceAccess: z.boolean().optional(),
  }),
  async (inputs, { provider, region }) => {
    const { RevisionId } = await provider.client(DynamoDBClient, region).send(
      new PutResourcePolicyCommand({
        ResourceArn: inputs.resourceArn,
        Policy: inputs.policy,
        ConfirmRemoveSelfResourceAccess: inputs.confirmRemoveSelfResourceAccess,
      }),
    );
    return { id: inputs.resourceArn, state: { revisionId: RevisionId } };
  },
);

export const dynamodb: Readonly<Record<string, ResourceType>> = {
  "aws:dynamodb/table:Table": table,
  "aws:dynamodb/resourcePolicy:ResourcePolicy": resourcePolicy,
};
