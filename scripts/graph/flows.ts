import * as aws from "@pulumi/aws";
import type { PolicyResource } from "@pulumi/policy";
import { apiRoutes } from "../../policy/graph/api-routes.ts";
import { policiesOfFunction } from "../../policy/graph/role-policies.ts";
import { allowing, listOf } from "../../policy/graph/documents.ts";
import { follow, isNamedBy, ofClass } from "../../policy/graph/find.ts";
import { deadLetteringOf, queueTriggers } from "../../policy/graph/queues.ts";

/** What goes from one resource to another. */
export interface Flow {
  readonly from: PolicyResource;
  readonly to: PolicyResource;
  readonly label: string;
  /** Goes there only when something failed. */
  readonly onFailure: boolean;
}

/** Calls that Lambda makes with a function's role to feed it, which the mapping shows already. */
const CALLS_OF_MAPPING = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/** @returns who calls or feeds whom in a stack, logs aside. */
export function flowsOf(resources: readonly PolicyResource[]): Flow[] {
  return [
    ...routes(resources),
    ...calls(resources),
    ...deliveries(resources),
    ...queueTriggers(resources).flatMap(({ queue, fn }) =>
      fn ? [{ from: queue.resource, to: fn.resource, label: "batches", onFailure: false }] : [],
    ),
    ...deadLetters(resources),
  ];
}

function routes(resources: readonly PolicyResource[]): Flow[] {
  return apiRoutes(resources).flatMap(({ integration, fn }) => {
    const { resource: from, props } = integration;
    const api = follow(resources, {
      from,
      property: "restApi",
      value: props.restApi,
      to: aws.apigateway.RestApi,
    });
    return api
      ? [{ from: api.resource, to: fn.resource, label: props.httpMethod, onFailure: false }]
      : [];
  });
}

function calls(resources: readonly PolicyResource[]): Flow[] {
  return ofClass(resources, aws.lambda.Function).flatMap((fn) =>
    policiesOfFunction(resources, fn)
      .flatMap(({ statements }) => allowing(statements ?? []))
      .flatMap(({ Action, Resource }) => {
        const actions = listOf(Action).filter(
          (action) => !action.startsWith("logs:") && !CALLS_OF_MAPPING.includes(action),
        );
        const label = actions.map((action) => action.replace(/^.*:/, "")).join(", ");
        return listOf(Resource)
          .flatMap((arn) => resources.find((resource) => isNamedBy(resource, arn)) ?? [])
          .filter(() => actions.length > 0)
          .map((to) => ({ from: fn.resource, to, label, onFailure: false }));
      }),
  );
}

function deliveries(resources: readonly PolicyResource[]): Flow[] {
  return ofClass(resources, aws.sns.TopicSubscription).flatMap(({ resource: from, props }) => {
    const topic = follow(resources, {
      from,
      property: "topic",
      value: props.topic as string,
      to: aws.sns.Topic,
    });
    const queue = follow(resources, {
      from,
      property: "endpoint",
      value: props.endpoint,
      to: aws.sqs.Queue,
    });
    if (!topic || !queue) return [];
    const { deadLetterTargetArn } = JSON.parse(props.redrivePolicy ?? "{}") as {
      deadLetterTargetArn?: string;
    };
    const undeliverable = follow(resources, {
      from,
      property: "redrivePolicy",
      value: deadLetterTargetArn,
      to: aws.sqs.Queue,
    });
    const ends = { from: topic.resource };
    return [
      { ...ends, to: queue.resource, label: "delivers", onFailure: false },
      ...(undeliverable
        ? [{ ...ends, to: undeliverable.resource, label: "undeliverable", onFailure: true }]
        : []),
    ];
  });
}

function deadLetters(resources: readonly PolicyResource[]): Flow[] {
  return queueTriggers(resources).flatMap(({ queue }) => {
    const { deadLetterQueue, maxReceiveCount } = deadLetteringOf(resources, queue) ?? {};
    const label = `after ${String(maxReceiveCount)} receives`;
    return deadLetterQueue
      ? [{ from: queue.resource, to: deadLetterQueue.resource, label, onFailure: true }]
      : [];
  });
}
