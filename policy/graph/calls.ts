import type { PolicyResource } from "@pulumi/policy";
import { allowing, listOf } from "./documents.ts";
import type { LambdaFunction } from "./queues.ts";
import { policiesOfFunction } from "./role-policies.ts";
import { ifKnown, plainIfKnown, UNKNOWN } from "./unknown.ts";

/** How long a function waits for one of its calls. */
export interface CallBudget {
  readonly maxAttempts: number;
  readonly requestTimeoutMs: number;
  /** The hard end of all attempts together. */
  readonly deadlineMs?: number;
}

/** Calls that a function may make. */
export interface AllowedCalls {
  readonly actions: readonly string[];
  /** Undefined in a preview that does not know it. */
  readonly resource: string | undefined;
  /** Undefined for calls that Lambda makes for the function, and where a preview does not know it. */
  readonly budget: CallBudget | undefined;
}

/**
 * @returns what the component around a function publishes of its calls, in its output `calls`
 * (see LambdaFunction of outage-drill/write-buffer). It is known in a preview, where a role's policy is not.
 */
export function publishedCalls({ resource }: LambdaFunction): AllowedCalls[] | undefined {
  const { parent } = resource;
  const calls = ifKnown(() => parent?.props.calls as unknown);
  if (!Array.isArray(calls)) return undefined;
  return (calls as Record<string, unknown>[]).map((call) => {
    const to = ifKnown(() => call.resource as string);
    const budget = plainIfKnown(() => call.budget as CallBudget | undefined);
    return {
      actions: [...(call.actions as string[])],
      resource: to === UNKNOWN ? undefined : to,
      budget: budget === UNKNOWN ? undefined : budget,
    };
  });
}

/**
 * @returns the services that a function calls, by the prefix of IAM's actions: from its role's
 * policies, in a preview from what the component publishes, or else from the types of the resources
 * on which the policies depend.
 */
export function servicesOf(
  resources: readonly PolicyResource[],
  fn: LambdaFunction,
): ReadonlySet<string> {
  const services = policiesOfFunction(resources, fn).flatMap(({ statements, dependencies }) => {
    if (statements !== undefined)
      return allowing(statements)
        .flatMap(({ Action }) => listOf(Action))
        .map(serviceOfAction);
    const published = publishedCalls(fn)?.flatMap(({ actions }) => actions.map(serviceOfAction));
    return [...(published ?? []), ...dependencies.map(serviceOfResource)];
  });
  return new Set(services.filter((service) => service !== ""));
}

function serviceOfAction(action: string): string {
  return action.split(":")[0]?.toLowerCase() ?? "";
}

/** Where the provider's module is not named as IAM's prefix. */
const SERVICE_OF_MODULE: Readonly<Record<string, string>> = { cloudwatch: "logs" };

/** `aws:dynamodb/table:Table` → `dynamodb`. */
function serviceOfResource({ type }: PolicyResource): string {
  const module = /^aws:(\w+)\//.exec(type)?.[1] ?? "";
  return SERVICE_OF_MODULE[module] ?? module;
}
