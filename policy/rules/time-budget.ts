import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { apiRoutes, GATEWAY_TIMEOUT_MS } from "../graph/api-routes.ts";
import { type AllowedCalls, publishedCalls, servicesOf } from "../graph/calls.ts";
import { awaitedActions, callsItself } from "../graph/own-calls.ts";
import {
  deadLetteringOf,
  queueTriggers,
  type LambdaFunction,
  SQS_DEFAULTS,
} from "../graph/queues.ts";
import { attemptsMs, describeWaits, formatMs, longestWaitMs } from "../graph/time-budget.ts";
import { ifKnown, plainIfKnown, UNKNOWN } from "../graph/unknown.ts";
import { choices, chosen, formatSeconds, type StackRule } from "./rule.ts";

const FUNCTION_TIMEOUT_SECONDS = 3;

export const timeoutBudgetFits: StackRule = {
  name: "timeout-budget-fits",
  description:
    "Checks that a function's calls end before its timeout, and its timeout before that of the API that waits for it.",
  severity: "critical",
  remediationSteps:
    "Lower attempts or timeouts of the function's calls, or raise its timeout; API Gateway waits 29 s.",
  url: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
  configSchema: choices({
    gatewayMs: {
      default: GATEWAY_TIMEOUT_MS,
      minimum: 50,
      description: "The longest time that an API waits for a function, in milliseconds.",
    },
  }),
  validateStack: (args, reportViolation) => {
    const { gatewayMs } = chosen(args, { gatewayMs: GATEWAY_TIMEOUT_MS });
    const limits = new Map<LambdaFunction["resource"], { fn: LambdaFunction; limitMs?: number }>();
    for (const { fn } of queueTriggers(args.resources)) if (fn) limits.set(fn.resource, { fn });
    for (const { fn, timeoutMs } of apiRoutes(args.resources))
      limits.set(fn.resource, {
        fn,
        limitMs: Math.min(timeoutMs, gatewayMs, limits.get(fn.resource)?.limitMs ?? Infinity),
      });
    if (limits.size === 0) args.notApplicable("No API or queue of the stack calls a function.");
    for (const { fn, limitMs } of limits.values())
      for (const problem of problemsOf(args, fn, limitMs))
        reportViolation(`Function ${fn.resource.name} ${problem}`, fn.resource.urn);
  },
};

function problemsOf(
  { resources }: StackValidationArgs,
  fn: LambdaFunction,
  limitMs: number | undefined,
): string[] {
  const timeout = ifKnown(() => fn.props.timeout ?? FUNCTION_TIMEOUT_SECONDS);
  if (timeout === UNKNOWN) return [];
  const timeoutMs = timeout * 1_000;
  const problems: string[] = [];
  if (limitMs !== undefined && timeoutMs >= limitMs)
    problems.push(
      `may run ${formatMs(timeoutMs)} and API Gateway waits ${formatMs(limitMs)}, so a caller is told of a failure while the write goes on. Set the function's timeout below that.`,
    );
  const calls = publishedCalls(fn);
  const unbounded =
    calls === undefined
      ? [...servicesOf(resources, fn)].filter(callsItself(fn))
      : calls
          .filter(({ budget }) => budget === undefined)
          .flatMap(({ actions }) => awaitedActions(resources, fn, actions));
  if (unbounded.length > 0)
    problems.push(
      `calls ${unbounded.join(", ")} and does not say how long it waits. Publish each of its calls with a budget in the output calls of the component around it.`,
    );
  return [...problems, ...waitProblems(calls ?? [], timeoutMs)];
}

function waitProblems(calls: readonly AllowedCalls[], timeoutMs: number): string[] {
  const problems = calls.flatMap(({ actions, budget }) =>
    budget?.deadlineMs !== undefined && attemptsMs(budget) > budget.deadlineMs
      ? [
          `ends ${actions.join(", ")} after ${formatMs(budget.deadlineMs)}, before its attempts are over (${formatMs(attemptsMs(budget))}). Raise deadlineMs or lower maxAttempts or requestTimeoutMs.`,
        ]
      : [],
  );
  const waitMs = longestWaitMs(calls);
  if (waitMs >= timeoutMs)
    problems.push(
      `may wait ${formatMs(waitMs)} for its calls (${describeWaits(calls)}) and is ended after ${formatMs(timeoutMs)}, so it dies before it can answer. Lower the waits or raise its timeout.`,
    );
  return problems;
}

/** How the retry function delays a message that met an outage: doubling up to the most. */
interface RetryDelay {
  readonly firstSeconds: number;
  readonly maxSeconds: number;
}

export const retriesOutlastRetention: StackRule = {
  name: "retries-outlast-retention",
  description:
    "Checks that a message of an outage as long as the queue's retention does not run out of receives before.",
  severity: "high",
  remediationSteps:
    "Raise maxReceiveCount of the queue's redrivePolicy, or let the retry function delay messages longer.",
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
  validateStack: ({ resources, notApplicable }, reportViolation) => {
    const triggers = queueTriggers(resources);
    if (triggers.length === 0) notApplicable("No queue of the stack feeds a function.");
    for (const { queue } of triggers) {
      const count = deadLetteringOf(resources, queue)?.maxReceiveCount ?? UNKNOWN;
      const retention = ifKnown(
        () => queue.props.messageRetentionSeconds ?? SQS_DEFAULTS.messageRetentionSeconds,
      );
      const delay = retryDelayOf(queue.resource);
      if (count === UNKNOWN || retention === UNKNOWN || delay === UNKNOWN) continue;
      const receives = receivesWithin(retention, delay);
      if (receives > count)
        reportViolation(
          `Queue ${queue.resource.name} gives a message up after ${String(count)} receives, and an outage of its whole retention of ${formatSeconds(retention)} takes ${receives.toLocaleString("en-US")} (one every ${formatSeconds(delay.firstSeconds)} to ${formatSeconds(delay.maxSeconds)}). Raise maxReceiveCount or the delay.`,
          queue.resource.urn,
        );
    }
  },
};

/** What the component around the queue publishes, or else the visibility timeout each time. */
function retryDelayOf({ parent, props }: PolicyResource): RetryDelay | typeof UNKNOWN {
  const published = plainIfKnown(() => parent?.props.retryDelay as RetryDelay | undefined);
  if (published !== UNKNOWN && published !== undefined) return published;
  return ifKnown(() => {
    const seconds =
      (props.visibilityTimeoutSeconds as number | undefined) ??
      SQS_DEFAULTS.visibilityTimeoutSeconds;
    return { firstSeconds: seconds, maxSeconds: seconds };
  });
}

function receivesWithin(
  retentionSeconds: number,
  { firstSeconds, maxSeconds }: RetryDelay,
): number {
  let receives = 0;
  let delaySeconds = Math.max(firstSeconds, 1);
  let elapsedSeconds = 0;
  while (elapsedSeconds < retentionSeconds && delaySeconds < maxSeconds) {
    elapsedSeconds += delaySeconds;
    delaySeconds *= 2;
    receives += 1;
  }
  const rest = Math.max(retentionSeconds - elapsedSeconds, 0);
  return receives + Math.ceil(rest / Math.max(maxSeconds, 1));
}
