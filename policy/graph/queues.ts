import type { PolicyResource } from "@pulumi/policy";
import * as aws from "@pulumi/aws";
import { declared, type Found, follow, ofClass } from "./find.ts";
import { documentOf } from "./published.ts";
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
  if (own) return readRedrivePolicy(resources, queue.resource);
  const separate = ofClass(resources, aws.sqs.RedrivePolicy).find(
    ({ resource: from, props }) =>
      follow(resources, {
        from,
        property: "queueUrl",
        value: ifKnown(() => props.queueUrl),
        to: aws.sqs.Queue,
      })?.resource === queue.resource,
  );
  return separate && readRedrivePolicy(resources, separate.resource);
}

function readRedrivePolicy(
  resources: readonly PolicyResource[],
  from: PolicyResource,
): DeadLettering {
  const { deadLetterTargetArn, maxReceiveCount } = parseRedrivePolicy(
    documentOf(from, "redrivePolicy"),
  );
  return {
    deadLetterQueue: follow(resources, {
      from,
      property: "redrivePolicy",
      value: deadLetterTargetArn,
      to: aws.sqs.Queue,
    }),
    maxReceiveCount: maxReceiveCount === UNKNOWN ? UNKNOWN : Number(maxReceiveCount),
  };
}

interface RedrivePolicy {
  readonly deadLetterTargetArn: string | Unknown | undefined;
  /** SQS takes it as a string, too. */
  readonly maxReceiveCount: number | string | Unknown | undefined;
}

function parseRedrivePolicy(document: unknown): RedrivePolicy {
  if (typeof document === "string") return JSON.parse(document) as RedrivePolicy;
  const published = document === UNKNOWN ? {} : (document as Partial<RedrivePolicy>);
  const { deadLetterTargetArn = UNKNOWN, maxReceiveCount = UNKNOWN } = published;
  return { deadLetterTargetArn, maxReceiveCount };
}
