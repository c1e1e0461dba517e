import { describeRule } from "./support/describe-rule.ts";

const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:ProductEventsQueue";
const TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:ProductEventsTopic";

const SNS = { Service: "sns.amazonaws.com" };
const FROM_TOPIC = { ArnEquals: { "aws:SourceArn": TOPIC_ARN } };
const ALLOW = { Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE_ARN };

function document(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: { ...ALLOW, ...statement } });
}

describeRule("queue-policy-names-its-source", {
  "refuses a service without a source": {
    change: (draft) =>
      draft
        .conceal("write-buffer", "documents")
        .setLate("write-buffer-queue-policy", "policy", document({ Principal: SNS })),
    messages: [
      "Queue policy write-buffer-queue-policy lets sns.amazonaws.com call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
    inPreview: [],
  },
  "refuses it in a preview, too, as the component says": {
    change: (draft) =>
      draft
        .setLate("write-buffer-queue-policy", "policy", document({ Principal: SNS }))
        .publish("write-buffer", {
          documents: {
            "write-buffer-queue-policy": { policy: { Statement: { ...ALLOW, Principal: SNS } } },
            "write-buffer-dead-letter-queue-policy": {
              policy: {
                Statement: [
                  {
                    ...ALLOW,
                    Principal: SNS,
                    Condition: { ArnEquals: { "aws:SourceArn": draft.late(TOPIC_ARN) } },
                  },
                ],
              },
            },
          },
        }),
    messages: [
      "Queue policy write-buffer-queue-policy lets sns.amazonaws.com call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
  },
  "refuses it also in a document that is given as an object, if its condition is known": {
    change: (draft) =>
      draft
        .set("write-buffer-queue", {
          policy: { Statement: [{ ...ALLOW, Principal: "*" }] },
        })
        .set("write-buffer-dead-letter-queue", {
          policy: {
            Statement: [{ ...ALLOW, Principal: "*", Condition: draft.late(FROM_TOPIC) }],
          },
        }),
    messages: [
      "The policy of queue write-buffer-queue lets everyone call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
  },
  "refuses everyone, in a queue's own policy": {
    change: (draft) =>
      draft.set("write-buffer-queue", { policy: document({ Principal: { AWS: ["*"] } }) }),
    messages: [
      "The policy of queue write-buffer-queue lets everyone call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
  },
  "refuses a source that is any": {
    change: (draft) =>
      draft.set("write-buffer-queue", {
        policy: document({
          Principal: "*",
          Condition: { StringLike: { "aws:SourceArn": "*" } },
        }),
      }),
    messages: [
      "The policy of queue write-buffer-queue lets everyone call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
  },
  "refuses a source of any account, and one without a name": {
    change: (draft) =>
      draft
        .set("write-buffer-queue", {
          policy: document({
            Principal: { Service: "sns.amazonaws.com" },
            Condition: { ArnLike: { "aws:SourceArn": [TOPIC_ARN, "arn:aws:sns:*:*:*"] } },
          }),
        })
        .set("write-buffer-dead-letter-queue", {
          policy: document({
            Principal: { Service: "s3.amazonaws.com" },
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
          }),
        }),
    messages: [
      "The policy of queue write-buffer-dead-letter-queue lets s3.amazonaws.com call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
      "The policy of queue write-buffer-queue lets sns.amazonaws.com call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
  },
  "refuses all principals but one": {
    change: (draft) =>
      draft.set("write-buffer-queue", {
        policy: document({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }),
      }),
    messages: [
      "The policy of queue write-buffer-queue lets everyone but a few call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
  },
  "refuses all sources but one, and a source that may be missing": {
    change: (draft) =>
      draft
        .set("write-buffer-queue", {
          policy: document({
            Principal: "*",
            Condition: { ArnNotEquals: { "aws:SourceArn": TOPIC_ARN } },
          }),
        })
        .set("write-buffer-dead-letter-queue", {
          policy: document({
            Principal: "*",
            Condition: { Null: { "aws:SourceArn": "true" } },
          }),
        }),
    messages: ["write-buffer-dead-letter-queue", "write-buffer-queue"].map(
      (queue) =>
        `The policy of queue ${queue} lets everyone call sqs:SendMessage whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.`,
    ),
  },
  "takes the resources of one account for a source, and a bucket": {
    change: (draft) =>
      draft
        .set("write-buffer-queue", {
          policy: document({
            Principal: { Service: "sns.amazonaws.com" },
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:123456789012:Product*" } },
          }),
        })
        .set("write-buffer-dead-letter-queue", {
          policy: document({
            Principal: { Service: "s3.amazonaws.com" },
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::configurations" } },
          }),
        }),
    messages: [],
  },
  "takes the account for a source, and a role as it is": {
    change: (draft) =>
      draft
        .set("write-buffer-queue", {
          policy: document({
            Principal: { Service: "sns.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
          }),
        })
        .set("write-buffer-dead-letter-queue", {
          policy: document({ Principal: { AWS: "arn:aws:iam::123456789012:role/operator" } }),
        }),
    messages: [],
  },
});

describeRule("topic-policy-names-its-source", {
  "refuses a service without a source": {
    change: (draft) =>
      draft.set("write-buffer-topic", {
        policy: document({
          Action: "sns:Publish",
          Principal: { Service: ["events.amazonaws.com"] },
        }),
      }),
    messages: [
      "The policy of topic write-buffer-topic lets events.amazonaws.com call sns:Publish whoever it acts for. Add a condition on aws:SourceArn, with account and resource, to that statement.",
    ],
  },
});
