import type { AwsCall } from "../../wire/aws-call.ts";

/** One action that a call needs, and on what. */
export interface ActionOnResource {
  /** As policies name it, such as `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN, or `*` for an action on no resource in particular. */
  readonly resource: string;
}

/** The parameters of a call: its JSON body, or its form. */
export type CallInput = Readonly<Record<string, unknown>>;

/** The resources of a call, as ARNs. */
export type ResourceReader = (input: CallInput, call: AwsCall) => readonly string[];

/** Reads what a call needs; an empty list needs nothing. */
export type ActionReader = (input: CallInput, call: AwsCall) => readonly ActionOnResource[];

/** Operation → reader. */
export type ActionTable = Readonly<Record<string, ActionReader>>;

/** An entry for each of `operations`, whose action has the operation's name. */
export function entries(
  service: string,
  operations: readonly string[],
  resourcesOf: ResourceReader,
): ActionTable {
  return Object.fromEntries(
    operations.map((operation) => [operation, reader(`${service}:${operation}`, resourcesOf)]),
  );
}

export function reader(action: string, resourcesOf: ResourceReader): ActionReader {
  return (input, call) => resourcesOf(input, call).map((resource) => ({ action, resource }));
}

/** For actions that IAM knows no resource of. */
export const anyResource: ResourceReader = () => ["*"];

/** A text of the input; empty when it is not there, which then matches no resource of a policy. */
export function textIn(input: CallInput, name: string): string {
  const value = input[name];
  return typeof value === "string" ? value : "";
}

/** ARN of a resource in the call's region and account. */
export function arnIn(call: AwsCall, service: string, resource: string): string {
  return `arn:aws:${service}:${call.region}:${call.accountId}:${resource}`;
}

/** The part of the path after `collection`, decoded: `/functions/add` → `add`. */
export function pathPart(call: AwsCall, collection: string): string {
  const part = new RegExp(`/${collection}/([^/]+)`).exec(call.request.path)?.[1] ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
