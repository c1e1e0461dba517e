import { AwsError } from "../../wire/aws-error.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import type { AwsService } from "../aws-service.ts";
import { readForm } from "../query-service.ts";
import type { FauxqsApp } from "../sqs/fauxqs-app.ts";

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

/** SNS: topics in fauxqs, which delivers to the queues that it keeps for SQS. */
export function createSnsService(app: FauxqsApp): SnsService {
  const known = new Set(operations);
  const policies = new Map<string, string>();
  return {
    name: "sns",
    operations,
    identify(request) {
      const { Action, Version } = readForm(request);
      if (Version !== undefined && Version !== "2010-03-31") return undefined;
      if (Action === undefined || !known.has(Action)) return undefined;
      return { operation: Action, protocol: "query" };
    },
    async handle(call: AwsCall): Promise<HttpAnswer> {
      const body = call.request.body.length > 0 ? call.request.body : call.request.query.toString();
      const answer = await app.call({
        contentType: "application/x-www-form-urlencoded",
        region: call.region,
        body,
      });
      if (answer.status >= 500 && !answer.body.includes("<ErrorResponse"))
        throw new AwsError("InternalError", `SNS failed to answer ${call.operation}.`, 500);
      if (answer.status === 200) keepPolicy(policies, call);
      return {
        ...answer,
        headers: { ...answer.headers, "x-amzn-RequestId": call.requestId },
        body: answer.body.toString().replace(/<RequestId>[^<]*</, `<RequestId>${call.requestId}<`),
      };
    },
    resourcePolicyOf: (arn) => policies.get(arn),
  };
}

/** Remembers the policy that a call set, because the gateway asks for it on every publish. */
function keepPolicy(policies: Map<string, string>, call: AwsCall): void {
  const form = readForm(call.request);
  if (call.operation === "SetTopicAttributes" && form["AttributeName"] === "Policy")
    policies.set(form["TopicArn"] ?? "", form["AttributeValue"] ?? "");
  if (call.operation === "DeleteTopic") policies.delete(form["TopicArn"] ?? "");
  if (call.operation !== "CreateTopic") return;
  const policy = readEntries(form, "Attributes").get("Policy");
  if (policy !== undefined)
    policies.set(`arn:aws:sns:${call.region}:${call.accountId}:${form["Name"] ?? ""}`, policy);
}

/** A map of the query protocol: `Attributes.entry.1.key`, `Attributes.entry.1.value`, … */
function readEntries(form: Readonly<Record<string, string>>, name: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (let index = 1; ; index++) {
    const key = form[`${name}.entry.${String(index)}.key`];
    if (key === undefined) return entries;
    entries.set(key, form[`${name}.entry.${String(index)}.value`] ?? "");
  }
}
