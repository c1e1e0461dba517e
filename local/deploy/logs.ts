import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { tagMap } from "./schemas.ts";

const logGroup = resourceType(
  z.strictObject({
    name: z.string().optional(),
    namePrefix: z.string().optional(),
    /** Zero keeps events for ever, as for the real provider. */
    retentionInDays: z.number().optional(),
    kmsKeyId: z.string().optional(),
    logGroupClass: z.enum(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]).optional(),
    /** Matters to deletion only. */
    skipDestroy: z.boolean().optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const client = provider.client(CloudWatchLogsClient, region);
    const logGroupName = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    await client.send(
      new CreateLogGroupCommand({
        logGroupName,
        kmsKeyId: inputs.kmsKeyId,
        logGroupClass: inputs.logGroupClass,
        tags: Object.keys(tagsAll).length === 0 ? undefined : tagsAll,
      }),
    );
    if (inputs.retentionInDays) {
      await client.send(
        new PutRetentionPolicyCommand({ logGroupName, retentionInDays: inputs.retentionInDays }),
      );
    }
    const accountId = await provider.accountId();
    return {
      id: logGroupName,
      state: {
        name: logGroupName,
        arn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`,
        tagsAll,
      },
    };
  },
);

export const logs: Readonly<Record<string, ResourceType>> = {
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
};
