import type { Log } from "../../log.ts";
import { serveForm } from "../../members/serve-input.ts";
import { readArn } from "../../wire/arn.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import { toXml } from "../../wire/xml.ts";
import type { AwsService } from "../aws-service.ts";
import { readForm } from "../query-service.ts";
import type { FauxqsApp } from "../sqs/fauxqs-app.ts";
import { showDefaultPolicy } from "./default-topic-policy.ts";
import { isDeliveryStatusOff } from "./delivery-status.ts";
import { createFanOutQueues } from "./fan-out-queue.ts";
import { membersOfRegion } from "./members-of-region.ts";
import { readMapEntries, toMapEntries } from "./map-entries.ts";
import { type FifoTopic, readPublish } from "./read-publish.ts";
import { readSubscribe } from "./read-subscribe.ts";
import type { SendForTopic } from "./send-for-topic.ts";
import { checkSubscriptionAttributes, haveSameValues } from "./subscription-attributes.ts";
import { Subscriptions } from "./subscriptions.ts";
import { isUtf8Form } from "./utf8-form.ts";

/** What fauxqs answers by itself. */
const operations = [
  "ConfirmSubscription",
  "CreateTopic",
  "DeleteTopic",
  "GetSubscriptionAttributes",
  "GetTopicAttributes",
  "ListSubscriptions",
  "ListSubscriptionsByTopic",
  "ListTagsForResource",
  "ListTopics",
  "Publish",
  "PublishBatch",
  "SetSubscriptionAttributes",
  "SetTopicAttributes",
  "Subscribe",
  "TagResource",
  "Unsubscribe",
  "UntagResource",
];

export interface SnsService extends AwsService {
  /** Policy of a topic, as its JSON text. */
  resourcePolicyOf(topicArn: string): string | undefined;
}

export interface SnsServiceOptions {
  /** Delivers to queues and functions. */
  readonly send: SendForTopic;
  readonly log: Log;
}

type Form = Record<string, string>;

/**
 * SNS: topics and subscriptions in fauxqs, which filters and wraps messages. They are delivered to
 * the subscribed queues and functions from here, because a delivery can be denied, can fail and is tried again.
 */
export function createSnsService(app: FauxqsApp, { send, log }: SnsServiceOptions): SnsService {
  const known = new Set(operations);
  const policies = new Map<string, string>();
  const subscriptions = new Subscriptions(createFanOutQueues(app), { send, log });

  async function run(form: Form, call: AwsCall): Promise<HttpAnswer> {
    const answer = await app.call({
      contentType: "application/x-www-form-urlencoded",
      region: call.region,
      body: new URLSearchParams(form).toString(),
    });
    if (answer.status >= 500 && !answer.body.includes("<ErrorResponse"))
      throw new AwsError("InternalError", `SNS failed to answer ${call.operation}.`, 500);
    if (answer.status === 200) keepPolicy(policies, form, call);
    const text = subscriptions
      .showEndpoints(answer.body.toString())
      .replace(/<RequestId>[^<]*</, `<RequestId>${call.requestId}<`);
    return {
      ...answer,
      headers: { ...answer.headers, "x-amzn-RequestId": call.requestId },
      body: text,
    };
  }

  /** One after the other: what a subscription already has decides over the next one. */
  let subscribing: Promise<unknown> = Promise.resolve();

  function subscribe(form: Form, call: AwsCall): Promise<HttpAnswer> {
    const answer = subscribing.then(() => subscribeNext(form, call));
    subscribing = answer.catch(() => undefined);
    return answer;
  }

  async function subscribeNext(form: Form, call: AwsCall): Promise<HttpAnswer> {
    const { topicArn, endpoint, attributes } = readSubscribe(form);
    const existing = subscriptions.find(topicArn, endpoint);
    if (existing?.arn !== undefined) {
      if (haveSameValues(attributes, existing.attributes))
        return xmlAnswer(call, { SubscriptionArn: existing.arn });
      throw new AwsError(
        "InvalidParameter",
        "Invalid parameter: Attributes Reason: Subscription already exists with different attributes",
      );
    }
    const fanOutArn = await subscriptions.open(topicArn, endpoint);
    const answer = await run(
      {
        ...{ ...form, ...toMapEntries("Attributes", attributes) },
        ...{ Protocol: "sqs", Endpoint: fanOutArn },
      },
      call,
    );
    const subscriptionArn = /<SubscriptionArn>([^<]+)</.exec(String(answer.body))?.[1];
    await subscriptions.name(fanOutArn, subscriptionArn, attributes);
    return answer;
  }

  async function setSubscriptionAttribute(form: Form, call: AwsCall): Promise<HttpAnswer> {
    const { SubscriptionArn = "", AttributeName = "", AttributeValue = "" } = form;
    const subscription = subscriptions.byArn(SubscriptionArn);
    // Without one, fauxqs answers what is wrong.
    if (!subscription) return run(form, call);
    const checked = checkSubscriptionAttributes(new Map([[AttributeName, AttributeValue]]), {
      ...{ topicArn: subscription.topicArn, protocol: readArn(subscription.endpoint).service },
      ...{ present: subscription.attributes, where: "" },
    });
    const value = checked.get(AttributeName) ?? "";
    const answer = await run({ ...form, AttributeValue: value }, call);
    if (answer.status === 200) subscription.attributes.set(AttributeName, value);
    return answer;
  }

  async function publish(form: Form, call: AwsCall): Promise<HttpAnswer> {
    const { TopicArn = "" } = form;
    let fifo: FifoTopic | undefined;
    if (TopicArn.endsWith(".fifo")) {
      const topic = await run({ Action: "GetTopicAttributes", TopicArn }, call);
      if (topic.status !== 200) return topic;
      const has = (name: string, value: string) =>
        topic.body.includes(`<key>${name}</key><value>${value}</value>`);
      fifo = {
        isContentBased: has("ContentBasedDeduplication", "true"),
        isPerGroup: has("FifoThroughputScope", "MessageGroup"),
      };
    }
    const answer = await run(
      readPublish(form, { fifo, protocols: protocolsOf(subscriptions.endpointsOf(TopicArn)) }),
      call,
    );
    if (answer.status === 200) subscriptions.published(TopicArn);
    return answer;
  }

  async function answerForm(form: Form, call: AwsCall): Promise<HttpAnswer> {
    switch (call.operation) {
      case "Subscribe":
        return subscribe(form, call);
      case "GetTopicAttributes": {
        const { TopicArn = "" } = form;
        const answer = await run(form, call);
        if (answer.status !== 200 || policies.has(TopicArn)) return answer;
        return { ...answer, body: showDefaultPolicy(answer.body.toString(), TopicArn) };
      }
      case "SetTopicAttributes": {
        const { AttributeName = "", AttributeValue = "", TopicArn = "" } = form;
        if (!isDeliveryStatusOff(AttributeName, AttributeValue)) return run(form, call);
        const answer = await run({ Action: "GetTopicAttributes", TopicArn }, call);
        return answer.status === 200 ? xmlAnswer(call) : answer;
      }
      case "SetSubscriptionAttributes":
        return setSubscriptionAttribute(form, call);
      case "Unsubscribe":
      case "DeleteTopic": {
        const answer = await run(form, call);
        if (call.operation === "DeleteTopic")
          await subscriptions.removeTopic(form["TopicArn"] ?? "");
        else await subscriptions.remove(form["SubscriptionArn"] ?? "");
        return answer;
      }
      case "Publish":
      case "PublishBatch":
        return publish(form, call);
      case "ListTopics":
      case "ListSubscriptions": {
        const answer = await run(form, call);
        return { ...answer, body: membersOfRegion(String(answer.body), call.region) };
      }
      default:
        return run(form, call);
    }
  }

  return {
    name: "sns",
    operations,
    identify(request) {
      const { Action, Version } = readForm(request);
      if (Version !== undefined && Version !== "2010-03-31") return undefined;
      if (Action === undefined || !known.has(Action)) return undefined;
      return { operation: Action, protocol: "query" };
    },
    async handle(call) {
      if (!isUtf8Form(call.request))
        throw new AwsError("InvalidParameter", "Invalid parameter: The request must be UTF-8.");
      return answerForm(serveForm(call, readForm(call.request)), call);
    },
    resourcePolicyOf: (arn) => policies.get(arn),
    close: () => subscriptions.close(),
  };
}

/** Of a topic that nobody is subscribed to, that of queues, so that every message is checked. */
function protocolsOf(endpoints: readonly string[]): ReadonlySet<string> {
  return new Set(endpoints.length === 0 ? ["sqs"] : endpoints.map((arn) => readArn(arn).service));
}

/** The answer of an operation, with its result where it has one. */
function xmlAnswer({ operation, requestId }: AwsCall, result?: Form): HttpAnswer {
  const xml = result ? `<${operation}Result>${toXml(result)}</${operation}Result>` : "";
  return {
    status: 200,
    headers: { "content-type": "text/xml", "x-amzn-RequestId": requestId },
    body: `<${operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${xml}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}

/** Remembers the policy that a call set, because the gateway asks for it on every publish. */
function keepPolicy(policies: Map<string, string>, form: Form, call: AwsCall): void {
  if (call.operation === "SetTopicAttributes" && form["AttributeName"] === "Policy")
    policies.set(form["TopicArn"] ?? "", form["AttributeValue"] ?? "");
  if (call.operation === "DeleteTopic") policies.delete(form["TopicArn"] ?? "");
  if (call.operation !== "CreateTopic") return;
  const policy = readMapEntries(form, "Attributes").get("Policy");
  if (policy !== undefined)
    policies.set(`arn:aws:sns:${call.region}:${call.accountId}:${form["Name"] ?? ""}`, policy);
}
