import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type CreateContext, type ResourceType } from "./resource-type.ts";
import { jsonText, tagMap } from "./schemas.ts";

const attributes = {
  contentBasedDeduplication: z.boolean().optional(),
  deduplicationScope: z.string().optional(),
  delaySeconds: z.number().optional(),
  fifoQueue: z.boolean().optional(),
  fifoThroughputLimit: z.string().optional(),
  kmsDataKeyReusePeriodSeconds: z.number().optional(),
  kmsMasterKeyId: z.string().optional(),
  maxMessageSize: z.number().optional(),
  messageRetentionSeconds: z.number().optional(),
  policy: jsonText.optional(),
  receiveWaitTimeSeconds: z.number().optional(),
  redriveAllowPolicy: jsonText.optional(),
  redrivePolicy: jsonText.optional(),
  sqsManagedSseEnabled: z.boolean().optional(),
  visibilityTimeoutSeconds: z.number().optional(),
};

/** Input → attribute of SetQueueAttributes. Source: SQS API reference, CreateQueue. */
const ATTRIBUTE_NAMES: Record<keyof typeof attributes, QueueAttributeName> = {
  contentBasedDeduplication: "ContentBasedDeduplication",
  deduplicationScope: "DeduplicationScope",
  delaySeconds: "DelaySeconds",
  fifoQueue: "FifoQueue",
  fifoThroughputLimit: "FifoThroughputLimit",
  kmsDataKeyReusePeriodSeconds: "KmsDataKeyReusePeriodSeconds",
  kmsMasterKeyId: "KmsMasterKeyId",
  maxMessageSize: "MaximumMessageSize",
  messageRetentionSeconds: "MessageRetentionPeriod",
  policy: "Policy",
  receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
  redriveAllowPolicy: "RedriveAllowPolicy",
  redrivePolicy: "RedrivePolicy",
  sqsManagedSseEnabled: "SqsManagedSseEnabled",
  visibilityTimeoutSeconds: "VisibilityTimeout",
};

const queue = resourceType(
  z.strictObject({
    name: z.string().optional(),
    namePrefix: z.string().optional(),
    ...attributes,
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const client = provider.client(SQSClient, region);
    // A FIFO queue's name must end in .fifo; the real provider adds it to a name of its own.
    const made = physicalName(name, inputs);
    const QueueName = inputs.fifoQueue && inputs.name === undefined ? `${made}.fifo` : made;
    const tagsAll = provider.tagsAll(inputs.tags);
    const { QueueUrl } = await client.send(
      new CreateQueueCommand({ QueueName, Attributes: queueAttributes(inputs), tags: tagsAll }),
    );
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    return {
      id: QueueUrl ?? "",
      state: {
        ...queueState(Attributes ?? {}),
        name: QueueName,
        url: QueueUrl,
        arn: Attributes?.QueueArn,
        tagsAll,
      },
    };
  },
);

function queueAttributes(
  inputs: Partial<Record<keyof typeof attributes, string | number | boolean>>,
): Partial<Record<QueueAttributeName, string>> {
  return Object.fromEntries(
    Object.entries(ATTRIBUTE_NAMES).flatMap(([input, attribute]) => {
      const value = inputs[input as keyof typeof attributes];
      // SQS takes FifoQueue only as "true".
      const absent = value === undefined || (input === "fifoQueue" && value === false);
      return absent ? [] : [[attribute, String(value)]];
    }),
  );
}

/** The attributes of a queue as the provider's outputs, defaults of the service included. */
function queueState(given: Partial<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(ATTRIBUTE_NAMES).flatMap(([input, attribute]) => {
      const text = given[attribute];
      return text === undefined ? [] : [[input, plainValue(text)]];
    }),
  );
}

function plainValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") {
    return text === "true";
  }
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** A resource of its own for one attribute of a queue. */
async function setAttribute(
  QueueUrl: string,
  Attributes: Partial<Record<QueueAttributeName, string>>,
  { provider, region }: CreateContext,
) {
  const client = provider.client(SQSClient, region);
  await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  return { id: QueueUrl, state: {} };
}

const queuePolicy = resourceType(
  z.strictObject({ queueUrl: z.string(), policy: jsonText }),
  ({ queueUrl, policy }, context) => setAttribute(queueUrl, { Policy: policy }, context),
);

const redrivePolicy = resourceType(
  z.strictObject({ queueUrl: z.string(), redrivePolicy: jsonText }),
  (inputs, context) =>
    setAttribute(inputs.queueUrl, { RedrivePolicy: inputs.redrivePolicy }, context),
);

const redriveAllowPolicy = resourceType(
  z.strictObject({ queueUrl: z.string(), redriveAllowPolicy: jsonText }),
  (inputs, context) =>
    setAttribute(inputs.queueUrl, { RedriveAllowPolicy: inputs.redriveAllowPolicy }, context),
);

export const sqs: Readonly<Record<string, ResourceType>> = {
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": queuePolicy,
  "aws:sqs/redrivePolicy:RedrivePolicy": redrivePolicy,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": redriveAllowPolicy,
};
