import { AwsError } from "../../wire/aws-error.ts";
import { readArn } from "../../wire/arn.ts";
import type { QueryInput, QueryOperation } from "../query-service.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import { pageOf } from "./page-of.ts";
import { readSubscribe } from "./read-subscribe.ts";
import { checkSubscriptionAttributes, haveSameValues } from "./subscription-attributes.ts";
import type { Subscription } from "./subscription.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { TopicRegistry } from "./topic-registry.ts";

type Operation =
  | "ConfirmSubscription"
  | "GetSubscriptionAttributes"
  | "ListSubscriptions"
  | "ListSubscriptionsByTopic"
  | "SetSubscriptionAttributes"
  | "Subscribe"
  | "Unsubscribe";

/** What subscribes queues and functions, and changes, shows and ends their subscriptions. */
export function createSubscriptionOperations(
  topics: TopicRegistry,
  subscriptions: Subscriptions,
): Readonly<Record<Operation, QueryOperation>> {
  function get({ SubscriptionArn = "" }: QueryInput): Subscription {
    checkArn(SubscriptionArn);
    const subscription = subscriptions.byArn(SubscriptionArn);
    if (!subscription) throw new AwsError("NotFound", "Subscription does not exist", 404);
    return subscription;
  }

  return {
    Subscribe(input, call) {
      const { topicArn, endpoint, attributes } = readSubscribe(input);
      topics.get(topicArn, call);
      const existing = subscriptions.find(topicArn, endpoint);
      if (existing && !haveSameValues(attributes, existing.attributes))
        throw invalidParameter(
          "Attributes Reason: Subscription already exists with different attributes",
        );
      const { arn } = existing ?? subscriptions.add(topicArn, endpoint, attributes);
      return { SubscriptionArn: arn };
    },

    /** A subscription of a queue or function is confirmed at once; no token was ever sent. */
    ConfirmSubscription({ TopicArn = "" }, call) {
      topics.get(TopicArn, call);
      throw invalidParameter("Token");
    },

    Unsubscribe({ SubscriptionArn = "" }) {
      checkArn(SubscriptionArn);
      subscriptions.remove(SubscriptionArn);
      return undefined;
    },

    GetSubscriptionAttributes: (input) => ({ Attributes: showAttributes(get(input)) }),

    SetSubscriptionAttributes(input) {
      const subscription = get(input);
      const { AttributeName = "", AttributeValue = "" } = input;
      const { topicArn, protocol, attributes: present } = subscription;
      const given = new Map([[AttributeName, AttributeValue]]);
      const checked = checkSubscriptionAttributes(given, {
        ...{ topicArn, protocol, present, where: "" },
      });
      subscription.set(AttributeName, checked.get(AttributeName) ?? "");
      return undefined;
    },

    ListSubscriptions: ({ NextToken }, { region }) =>
      listed(
        subscriptions.all().filter(({ topicArn }) => readArn(topicArn).region === region),
        NextToken,
      ),

    ListSubscriptionsByTopic({ TopicArn = "", NextToken }, call) {
      topics.get(TopicArn, call);
      return listed(subscriptions.ofTopic(TopicArn), NextToken);
    },
  };
}

function listed(all: readonly Subscription[], token: string | undefined) {
  const { page, NextToken } = pageOf(all, token);
  return {
    Subscriptions: page.map(({ arn, topicArn, endpoint, protocol }) => ({
      SubscriptionArn: arn,
      Owner: readArn(arn).accountId,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topicArn,
    })),
    NextToken,
  };
}

/** Source: SNS API, GetSubscriptionAttributes. */
function showAttributes({ arn, topicArn, endpoint, protocol, attributes }: Subscription) {
  const Owner = readArn(arn).accountId;
  const given = [...attributes].filter(([, value]) => value !== "");
  const hasFilter = given.some(([name]) => name === "FilterPolicy");
  return new Map([
    ["SubscriptionArn", arn],
    ["TopicArn", topicArn],
    ["Owner", Owner],
    ["Protocol", protocol],
    ["Endpoint", endpoint],
    ["ConfirmationWasAuthenticated", "true"],
    ["PendingConfirmation", "false"],
    ["SubscriptionPrincipal", `arn:aws:iam::${Owner}:root`],
    ["RawMessageDelivery", "false"],
    ...(hasFilter ? ([["FilterPolicyScope", "MessageAttributes"]] as const) : []),
    ...given,
  ]);
}

function checkArn(arn: string): void {
  const elements = arn.split(":").length;
  if (elements < 6)
    throw invalidParameter(
      `SubscriptionArn Reason: An ARN must have at least 6 elements, not ${String(elements)}`,
    );
}
