import type { PolicyResource } from "@pulumi/policy";
import * as aws from "@pulumi/aws";
import { declared, type Found, follow, ofClass } from "./find.ts";
import { ifKnown, UNKNOWN, type Unknown } from "./unknown.ts";

export type Queue = Found<aws.sqs.Queue>;
export type LambdaFunction = Found<aws.lambda.Function>;

/** A queue that feeds a function of the same stack. */
export interface QueueTrigger {
  readonly mapping: Found<aws.lambda.EventSourceMapping>;
  readonly queue: Queue;
  /** Undefined for a function of another stack. */
  readonly fn: LambdaFunction | undefined;
}

export interface DeadLettering {
  /** Undefined for a queue of another stack, or in a preview that cannot tell. */
  readonly deadLetterQueue: Queue | undefined;
  readonly maxReceiveCount: number | Unknown;
}

/** SQS API reference, CreateQueue: the defaults of its attributes. */
export const SQS_DEFAULTS = { visibilityTimeoutSeconds: 30, messageRetentionSeconds: 345_600 };

/** @returns every event source mapping from a queue of the stack. */
export function queueTriggers(resources: readonly PolicyResource[]): QueueTrigger[] {
  return ofClass(resources, aws.lambda.EventSourceMapping).flatMap((mapping) => {
    const { resource: from, props } = mapping;
    const queue = follow(resources, {
      from,
      property: "eventSourceArn",
      value: ifKnown(() => props.eventSourceArn),
      to: aws.sqs.Queue,
    });
    const fn = follow(resources, {
      from,
      property: "functionName",
      value: ifKnown(() => props.functionName),
      to: aws.lambda.Function,
    });
    return queue ? [{ mapping, queue, fn }] : [];
  });
}

/**
 * @returns where a queue's messages go that are received too often: from its own redrive policy or
 * from an `aws.sqs.RedrivePolicy` for it; undefined if it has neither.
 */
export function deadLetteringOf(
  resources: readonly PolicyResource[],
  queue: Queue,
): DeadLettering | undefined {
  const own = declared(queue.resource, "redrivePolicy", () => queue.props.redrivePolicy);
  if (own) return readRedrivePolicy(resources, queue.resource, own);
  const separate = ofClass(resources, aws.sqs.RedrivePolicy).find(
    ({ resource: from, props }) =>
      follow(resources, {
        from,
        property: "queueUrl",
        value: ifKnown(() => props.queueUrl),
        to: aws.sqs.Queue,
      })?.resource === queue.resource,
  );
  if (separate === undefined) return undefined;
  const { resource, props } = separate;
  return readRedrivePolicy(
    resources,
    resource,
    ifKnown(() => props.redrivePolicy),
  );
}

function readRedrivePolicy(
  resources: readonly PolicyResource[],
  from: PolicyResource,
  policy: string | Unknown,
): DeadLettering {
  const parsed = policy === UNKNOWN ? UNKNOWN : parseRedrivePolicy(policy);
  return {
    deadLetterQueue: follow(resources, {
      from,
      property: "redrivePolicy",
      value: parsed === UNKNOWN ? UNKNOWN : parsed.deadLetterTargetArn,
      to: aws.sqs.Queue,
    }),
    maxReceiveCount: parsed === UNKNOWN ? UNKNOWN : Number(parsed.maxReceiveCount),
  };
}

interface RedrivePolicy {
  deadLetterTargetArn?: string;
  /** SQS takes it as a string, too. */
  maxReceiveCount?: number | string;
}

function parseRedrivePolicy(policy: string): RedrivePolicy {
  return JSON.parse(policy) as RedrivePolicy;
}
