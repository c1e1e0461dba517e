import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { z } from "zod";
import { oncePermitted } from "./once-permitted.ts";
import { resourceType } from "./resource-type.ts";
import { tagMap } from "./schemas.ts";
import { waitFor } from "./wait-for.ts";

/** For a mapping to leave its pending state, in seconds. */
const READY_WITHIN_SECONDS = 30;

/** Mappings of queues and of DynamoDB streams; what only Kafka or DocumentDB have is refused by name. */
export const eventSourceMapping = resourceType(
  z.strictObject({
    eventSourceArn: z.string(),
    functionName: z.string(),
    batchSize: z.number().optional(),
    bisectBatchOnFunctionError: z.boolean().optional(),
    destinationConfig: z
      .strictObject({ onFailure: z.strictObject({ destinationArn: z.string() }).optional() })
      .optional(),
    enabled: z.boolean().optional(),
    filterCriteria: z
      .strictObject({
        filters: z.array(z.strictObject({ pattern: z.string().optional() })).optional(),
      })
      .optional(),
    functionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).optional(),
    maximumBatchingWindowInSeconds: z.number().optional(),
    maximumRecordAgeInSeconds: z.number().optional(),
    maximumRetryAttempts: z.number().optional(),
    parallelizationFactor: z.number().optional(),
    scalingConfig: z.strictObject({ maximumConcurrency: z.number().optional() }).optional(),
    startingPosition: z.enum(["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"]).optional(),
    tumblingWindowInSeconds: z.number().optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { provider, region }) => {
    const client = provider.client(LambdaClient, region);
    const tagsAll = provider.tagsAll(inputs.tags);
    const { UUID } = await oncePermitted(() =>
      client.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: inputs.eventSourceArn,
          FunctionName: inputs.functionName,
          BatchSize: inputs.batchSize,
          BisectBatchOnFunctionError: inputs.bisectBatchOnFunctionError,
          DestinationConfig: inputs.destinationConfig?.onFailure && {
            OnFailure: { Destination: inputs.destinationConfig.onFailure.destinationArn },
          },
          Enabled: inputs.enabled,
          FilterCriteria: inputs.filterCriteria && {
            Filters: inputs.filterCriteria.filters?.map(({ pattern }) => ({ Pattern: pattern })),
          },
          FunctionResponseTypes: inputs.functionResponseTypes,
          MaximumBatchingWindowInSeconds: inputs.maximumBatchingWindowInSeconds,
          MaximumRecordAgeInSeconds: inputs.maximumRecordAgeInSeconds,
          MaximumRetryAttempts: inputs.maximumRetryAttempts,
          ParallelizationFactor: inputs.parallelizationFactor,
          StartingPosition: inputs.startingPosition,
          TumblingWindowInSeconds: inputs.tumblingWindowInSeconds,
          ScalingConfig: inputs.scalingConfig && {
            MaximumConcurrency: inputs.scalingConfig.maximumConcurrency,
          },
          Tags: Object.keys(tagsAll).length === 0 ? undefined : tagsAll,
        }),
      ),
    );
    const mapping = await waitFor({
      what: `event source mapping ${UUID ?? ""} to be enabled or disabled`,
      timeoutMs: READY_WITHIN_SECONDS * 1000,
      ask: () => client.send(new GetEventSourceMappingCommand({ UUID })),
      until: ({ State }) => State === "Enabled" || State === "Disabled",
    });
    return {
      id: UUID ?? "",
      state: {
        uuid: UUID,
        arn: mapping.EventSourceMappingArn,
        functionArn: mapping.FunctionArn,
        state: mapping.State,
        stateTransitionReason: mapping.StateTransitionReason,
        lastModified: mapping.LastModified?.toISOString(),
        lastProcessingResult: mapping.LastProcessingResult,
        batchSize: mapping.BatchSize,
        tagsAll,
      },
    };
  },
);
