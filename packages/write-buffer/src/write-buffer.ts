import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bundleFunction } from "./bundle-function.ts";
import { type AllowedCalls, LambdaFunction, type LambdaFunctionArgs } from "./lambda-function.ts";
import { topicMaySend } from "./queue-policy.ts";
import { DEFAULT_SETTINGS, type WriteBufferSettings } from "./settings.ts";
import { variableNames } from "./variables.ts";

/** The function that applies a queued write. */
export interface RetryFunctionArgs extends Omit<
  LambdaFunctionArgs,
  "code" | "serviceName" | "environment"
> {
  /**
   * File of a module that exports `handler`, made by `createRetryHandler` of
   * outage-drill/write-buffer/runtime: a URL, or a path from the program's folder.
   */
  entry?: string | URL;
  /** Instead of `entry`: its code, bundled already. */
  code?: pulumi.Input<string>;
  /** How its logs name it. Default: its name. */
  serviceName?: string;
  /** What `apply` reads from the environment; the buffer adds its own variables. */
  environment?: LambdaFunctionArgs["environment"];
  /** The calls that `apply` makes; the buffer adds its own. */
  allowedCalls: AllowedCalls[];
}

export interface WriteBufferArgs {
  topicName: string;
  queueName: string;
  deadLetterQueueName: string;
  retryFunction: RetryFunctionArgs;
  /** As in the code of the functions. Default: WRITE_BUFFER. */
  variablePrefix?: string;
  /** As in the code of the functions. */
  settings?: WriteBufferSettings;
}

/** Lambda Developer Guide, "Using Lambda with Amazon SQS": at least six times the timeout. */
const VISIBILITY_TIMEOUTS = 6;
/** Keeps the backlog of a long outage from taking the concurrency that the API needs. */
const MAX_CONCURRENCY = 10;

/**
 * The resilience add-on: a topic and a queue hold writes that a store did not accept, until a retry
 * function has applied them. The function that takes the writes from callers gets `environment` and
 * `allowedCalls`, and puts them with `createWriteBuffer`.
 */
export class WriteBuffer extends pulumi.ComponentResource {
  /** Known only once the topic's messages reach the queue, so that none is published to nobody. */
  readonly topicArn: pulumi.Output<string>;
  readonly queueUrl: pulumi.Output<string>;
  readonly deadLetterQueueUrl: pulumi.Output<string>;
  readonly queueName: pulumi.Output<string>;
  readonly deadLetterQueueName: pulumi.Output<string>;
  readonly retryFunction: LambdaFunction;
  /** For a function that puts writes: where the buffer is. */
  readonly environment: Record<string, pulumi.Output<string>>;
  /** For a function that puts writes: the calls that `put` makes. */
  readonly allowedCalls: AllowedCalls[];

  constructor(name: string, args: WriteBufferArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:WriteBuffer", name, {}, opts);
    const child = { parent: this };
    const settings = args.settings ?? DEFAULT_SETTINGS;
    const variables = variableNames(args.variablePrefix);
    const functionTimeoutSeconds = args.retryFunction.timeoutSeconds;

    const deadLetterQueue = new aws.sqs.Queue(
      `${name}-dead-letter-queue`,
      {
        name: args.deadLetterQueueName,
        messageRetentionSeconds: settings.deadLetterQueueRetentionSeconds,
      },
      child,
    );
    const redrivePolicy = {
      deadLetterTargetArn: deadLetterQueue.arn,
      maxReceiveCount: settings.maxReceiveCount,
    };
    const queue = new aws.sqs.Queue(
      `${name}-queue`,
      {
        name: args.queueName,
        messageRetentionSeconds: settings.queueRetentionSeconds,
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
        ...args.retryFunction,
        code: codeOf(args.retryFunction),
        serviceName: args.retryFunction.serviceName ?? args.retryFunction.functionName,
        environment: {
          ...args.retryFunction.environment,
          [variables.queueUrl]: queue.url,
          [variables.deadLetterQueueUrl]: deadLetterQueue.url,
        },
        allowedCalls: [
          ...args.retryFunction.allowedCalls,
          {
            // The first three are the event source mapping's.
            actions: [
              "sqs:ReceiveMessage",
              "sqs:DeleteMessage",
              "sqs:GetQueueAttributes",
              "sqs:ChangeMessageVisibility",
            ],
            resource: queue.arn,
            budget: settings.sqs,
          },
          {
            actions: ["sqs:SendMessage"],
            resource: deadLetterQueue.arn,
            budget: settings.sqs,
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
        batchSize: settings.batchSize,
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: MAX_CONCURRENCY },
      },
      child,
    );

    this.queueName = queue.name;
    this.deadLetterQueueName = deadLetterQueue.name;
    this.retryFunction = retryFunction;
    this.topicArn = pulumi.all([topic.arn, subscription.id]).apply(([arn]) => arn);
    this.environment = { [variables.topicArn]: this.topicArn };
    this.allowedCalls = [
      { actions: ["sns:Publish"], resource: this.topicArn, budget: settings.sns },
    ];
    this.queueUrl = queue.url;
    this.deadLetterQueueUrl = deadLetterQueue.url;
    this.registerOutputs({
      topicArn: this.topicArn,
      queueUrl: this.queueUrl,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
      // For the policy pack, which counts the receives that an outage takes.
      retryDelay: settings.retryDelay,
      // For the policy pack, too: JSON with an ARN in it is unknown as a whole in a preview.
      documents: {
        [`${name}-queue`]: { redrivePolicy },
        [`${name}-queue-policy`]: { policy: queueDocument },
        [`${name}-dead-letter-queue-policy`]: { policy: deadLetterDocument },
      },
    });
  }
}

function codeOf({ entry, code }: RetryFunctionArgs): pulumi.Input<string> {
  if (code !== undefined && entry === undefined) return code;
  if (entry !== undefined && code === undefined) return bundleFunction(entry);
  throw new Error(
    "The retry function of a WriteBuffer needs either entry, the file of its handler, or code: give it one of them.",
  );
}
