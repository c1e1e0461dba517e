import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TIME_BUDGET } from "../functions/shared/time-budget.ts";
import type { FaultTarget } from "./fault-target.ts";
import { LambdaFunction } from "./lambda-function.ts";
import type { ProductTable } from "./product-table.ts";
import { topicMaySend } from "./queue-policy.ts";

export interface WriteBufferArgs {
  topicName: string;
  queueName: string;
  deadLetterQueueName: string;
  functionName: string;
  functionRuntime: string;
  logRetentionDays: number;
  table: ProductTable;
  /** Makes the retry function a target of experiments on AWS. */
  faultTarget?: FaultTarget | undefined;
}

/** Lambda Developer Guide, "Using Lambda with Amazon SQS": at least six times the timeout. */
const VISIBILITY_TIMEOUTS = 6;
/** Keeps the backlog of a long outage from taking the concurrency that the API needs. */
const MAX_CONCURRENCY = 10;

/** The resilience add-on: a topic and a queue hold writes until a retry function has put them. */
export class WriteBuffer extends pulumi.ComponentResource {
  /** Known only once the topic's messages reach the queue, so that none is published to nobody. */
  readonly topicArn: pulumi.Output<string>;
  readonly queueUrl: pulumi.Output<string>;
  readonly deadLetterQueueUrl: pulumi.Output<string>;
  readonly queueName: pulumi.Output<string>;
  readonly deadLetterQueueName: pulumi.Output<string>;
  readonly retryFunction: LambdaFunction;

  constructor(name: string, args: WriteBufferArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:WriteBuffer", name, {}, opts);
    const child = { parent: this };
    const functionTimeoutSeconds = TIME_BUDGET.functions["process-product-events"].timeoutSeconds;

    const deadLetterQueue = new aws.sqs.Queue(
      `${name}-dead-letter-queue`,
      {
        name: args.deadLetterQueueName,
        messageRetentionSeconds: TIME_BUDGET.deadLetterQueueRetentionSeconds,
      },
      child,
    );
    const redrivePolicy = {
      deadLetterTargetArn: deadLetterQueue.arn,
      maxReceiveCount: TIME_BUDGET.maxReceiveCount,
    };
    const queue = new aws.sqs.Queue(
      `${name}-queue`,
      {
        name: args.queueName,
        messageRetentionSeconds: TIME_BUDGET.queueRetentionSeconds,
        visibilityTimeoutSeconds: VISIBILITY_TIMEOUTS * functionTimeoutSeconds,
        redrivePolicy: pulumi.jsonStringify(redrivePolicy),
      },
      child,
    );
    const topic = new aws.sns.Topic(`${name}-topic`, { name: args.topicName }, child);
    const queueDocument = topicMaySend(topic, queue);
    const queuePolicy = new aws.sqs.QueuePolicy(
      `${name}-queue-policy`,
      { queueUrl: queue.url, policy: pulumi.jsonStringify(queueDocument) },
      child,
    );
    const deadLetterDocument = topicMaySend(topic, deadLetterQueue);
    const deadLetterPolicy = new aws.sqs.QueuePolicy(
      `${name}-dead-letter-queue-policy`,
      { queueUrl: deadLetterQueue.url, policy: pulumi.jsonStringify(deadLetterDocument) },
      child,
    );
    const subscription = new aws.sns.TopicSubscription(
      `${name}-subscription`,
      {
        topic: topic.arn,
        protocol: "sqs",
        endpoint: queue.arn,
        rawMessageDelivery: true,
        redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetterQueue.arn }),
      },
      { parent: this, dependsOn: [queuePolicy, deadLetterPolicy] },
    );

    const retryFunction = new LambdaFunction(
      `${name}-retry`,
      {
        entryPoint: "process-product-events",
        functionName: args.functionName,
        runtime: args.functionRuntime,
        faultTarget: args.faultTarget,
        logRetentionDays: args.logRetentionDays,
        environment: {
          PRODUCTS_TABLE_NAME: args.table.tableName,
          PRODUCT_EVENTS_QUEUE_URL: queue.url,
          PRODUCT_EVENTS_DEAD_LETTER_QUEUE_URL: deadLetterQueue.url,
        },
        allowedCalls: [
          {
            actions: ["dynamodb:PutItem"],
            resource: args.table.tableArn,
            budget: TIME_BUDGET.dynamodb,
          },
          {
            // The first three are the event source mapping's.
            actions: [
              "sqs:ReceiveMessage",
              "sqs:DeleteMessage",
              "sqs:GetQueueAttributes",
              "sqs:ChangeMessageVisibility",
            ],
            resource: queue.arn,
            budget: TIME_BUDGET.sqs,
          },
          {
            actions: ["sqs:SendMessage"],
            resource: deadLetterQueue.arn,
            budget: TIME_BUDGET.sqs,
          },
        ],
      },
      child,
    );
    new aws.lambda.EventSourceMapping(
      `${name}-mapping`,
      {
        eventSourceArn: queue.arn,
        functionName: retryFunction.functionArn,
        batchSize: TIME_BUDGET.batchSize,
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: MAX_CONCURRENCY },
      },
      child,
    );

    this.queueName = queue.name;
    this.deadLetterQueueName = deadLetterQueue.name;
    this.retryFunction = retryFunction;
    this.topicArn = pulumi.all([topic.arn, subscription.id]).apply(([arn]) => arn);
    this.queueUrl = queue.url;
    this.deadLetterQueueUrl = deadLetterQueue.url;
    this.registerOutputs({
      topicArn: this.topicArn,
      queueUrl: this.queueUrl,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
      // For the policy pack, which counts the receives that an outage takes.
      retryDelay: TIME_BUDGET.retryDelay,
      // For the policy pack, too: JSON with an ARN in it is unknown as a whole in a preview.
      documents: {
        [`${name}-queue`]: { redrivePolicy },
        [`${name}-queue-policy`]: { policy: queueDocument },
        [`${name}-dead-letter-queue-policy`]: { policy: deadLetterDocument },
      },
    });
  }
}
