import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { deadLetteringOf, type QueueTrigger, SQS_DEFAULTS } from "../graph/queues.ts";
import { ifKnown, UNKNOWN } from "../graph/unknown.ts";
import { forEachTrigger, triggersOf } from "./for-each-trigger.ts";
import { choices, chosen, formatSeconds, type StackRule } from "./rule.ts";

/** Lambda Developer Guide, "Using Lambda with Amazon SQS", "Queue configuration". */
const URL = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html";
/** Lambda's own default (Function, Timeout). */
const FUNCTION_TIMEOUT_SECONDS = 3;

export const queueHasDeadLetterQueue: StackRule = {
  name: "queue-has-dead-letter-queue",
  description:
    "Checks that every queue that feeds a function has a dead-letter queue and gives a message enough tries.",
  severity: "critical",
  remediationSteps:
    "Set the queue's redrivePolicy to the ARN of a dead-letter queue and a maxReceiveCount of at least 5.",
  url: URL,
  configSchema: choices({
    minimumReceives: {
      default: 5,
      minimum: 1,
      description: "The least maxReceiveCount. A throttled function uses up receives, too.",
    },
  }),
  validateStack: (args, reportViolation) => {
    const { minimumReceives } = chosen(args, { minimumReceives: 5 });
    for (const { queue } of distinctQueues(args)) {
      const { name, urn } = queue.resource;
      const deadLettering = deadLetteringOf(args.resources, queue);
      if (deadLettering === undefined) {
        reportViolation(
          `Queue ${name} feeds a function and has no dead-letter queue, so a message that can never succeed blocks or is lost. Set its redrivePolicy.`,
          urn,
        );
        continue;
      }
      const { maxReceiveCount } = deadLettering;
      if (maxReceiveCount !== UNKNOWN && !(maxReceiveCount >= minimumReceives))
        reportViolation(
          `Queue ${name} gives a message up after ${String(maxReceiveCount)} receives. Set maxReceiveCount to at least ${String(minimumReceives)}.`,
          urn,
        );
    }
  },
};

export const deadLetterQueueOutlivesQueue: StackRule = {
  name: "dead-letter-queue-outlives-queue",
  description:
    "Checks that a dead-letter queue keeps messages longer than the queue it serves, because their age counts on.",
  severity: "high",
  remediationSteps:
    "Set messageRetentionSeconds of the dead-letter queue above that of the queue; 1,209,600 (14 days) is the most.",
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
  validateStack: (args, reportViolation) => {
    for (const { queue } of distinctQueues(args)) {
      const target = deadLetteringOf(args.resources, queue)?.deadLetterQueue;
      if (target === undefined) continue;
      const own = retentionSeconds(queue.resource);
      const kept = retentionSeconds(target.resource);
      if (own !== UNKNOWN && kept !== UNKNOWN && kept <= own)
        reportViolation(
          `Dead-letter queue ${target.resource.name} keeps messages ${formatSeconds(kept)} and its queue ${queue.resource.name} ${formatSeconds(own)}, so a message can expire as soon as it arrives. Set its messageRetentionSeconds above ${own.toLocaleString("en-US")}.`,
          target.resource.urn,
        );
    }
  },
};

export const queueVisibilityCoversFunction: StackRule = {
  name: "queue-visibility-covers-function",
  description:
    "Checks that a queue hides a message for at least six times the timeout of the function that it feeds.",
  severity: "high",
  remediationSteps:
    "Set the queue's visibilityTimeoutSeconds to at least six times the function's timeout plus the batching window.",
  url: URL,
  configSchema: choices({
    factor: {
      default: 6,
      minimum: 1,
      description: "How many times the function's timeout the visibility timeout must be.",
    },
  }),
  validateStack: forEachTrigger((args, { mapping, queue, fn }, reportViolation) => {
    if (fn === undefined) return;
    const { factor } = chosen(args, { factor: 6 });
    const timeout = ifKnown(() => fn.props.timeout ?? FUNCTION_TIMEOUT_SECONDS);
    const window = ifKnown(() => mapping.props.maximumBatchingWindowInSeconds ?? 0);
    const visibility = ifKnown(
      () => queue.props.visibilityTimeoutSeconds ?? SQS_DEFAULTS.visibilityTimeoutSeconds,
    );
    if (timeout === UNKNOWN || window === UNKNOWN || visibility === UNKNOWN) return;
    const least = factor * timeout + window;
    if (visibility >= least) return;
    const sum = `${String(factor)} × ${formatSeconds(timeout)}${window > 0 ? ` + ${formatSeconds(window)} batching window` : ""}`;
    reportViolation(
      `Queue ${queue.resource.name} hides a message ${formatSeconds(visibility)} while function ${fn.resource.name} works on it, so another receives it before the first is done. Set visibilityTimeoutSeconds to at least ${least.toLocaleString("en-US")} (${sum}).`,
      queue.resource.urn,
    );
  }),
};

function distinctQueues(args: StackValidationArgs): QueueTrigger[] {
  const triggers = triggersOf(args);
  return triggers.filter(
    ({ queue }, index) =>
      triggers.findIndex((other) => other.queue.resource === queue.resource) === index,
  );
}

function retentionSeconds({ props }: PolicyResource) {
  return ifKnown(
    () =>
      (props.messageRetentionSeconds as number | undefined) ?? SQS_DEFAULTS.messageRetentionSeconds,
  );
}
