import { describeRule } from "./support/describe-rule.ts";
import type { Draft } from "./support/draft.ts";

const TEMPLATE = "aws-experiments-outage";
const ON_AWS = { stack: "aws" };
const ALARM_ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:";
const delay = {
  actions: [
    {
      name: "delay",
      actionId: "aws:lambda:invocation-add-delay",
      parameters: [{ key: "duration", value: "PT5M" }],
    },
  ],
};

const TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/Products";
const ON_DYNAMODB =
  "Experiment aws-experiments-outage stops on AWS/DynamoDB, which it perturbs itself. Take an alarm on what callers feel instead.";
const READING_RUNBOOK = `
mainSteps:
  - name: Look
    action: aws:executeAwsApi
    inputs: { Service: sqs, Api: GetQueueAttributes }
`;

/** Makes a composite alarm the one stop condition. */
const stopOn = (draft: Draft, alarmRule: unknown) =>
  draft
    .add(TEMPLATE, "aws:cloudwatch/compositeAlarm:CompositeAlarm", "callers", {
      alarmName: "Callers",
      alarmRule,
    })
    .set(TEMPLATE, {
      stopConditions: [
        { source: "aws:cloudwatch:alarm", value: draft.late(`${ALARM_ARN}Callers`) },
      ],
    })
    .depend(TEMPLATE, "stopConditions", "callers");

describeRule(
  "experiment-stops-on-customer-impact",
  {
    "refuses an experiment without an alarm": {
      change: (draft) => draft.set(TEMPLATE, { stopConditions: [{ source: "none" }] }),
      messages: [
        "Experiment aws-experiments-outage has no alarm as a stop condition, so nothing ends it when callers are hurt. Add a stop condition aws:cloudwatch:alarm.",
      ],
    },
    "refuses an alarm on what the experiment perturbs": {
      change: (draft) =>
        draft
          .set(TEMPLATE, delay)
          .set("aws-experiments-alarms-failed-requests", { namespace: "AWS/Lambda" }),
      messages: [
        "Experiment aws-experiments-outage stops on AWS/Lambda, which it perturbs itself. Take an alarm on what callers feel instead.",
      ],
    },
    "refuses an alarm on what callers do not feel": {
      change: (draft) =>
        draft
          .set("aws-experiments-alarms-failed-requests", { namespace: "AWS/Billing" })
          .set("aws-experiments-alarms-dead-letters", { namespace: "AWS/Billing" })
          .set("aws-experiments-alarms-oldest-message", { namespace: "AWS/Billing" }),
      messages: [
        "Experiment aws-experiments-outage stops on AWS/Billing, which is not what callers feel. Add an alarm on one of AWS/ApiGateway, AWS/ApplicationELB, AWS/AppSync, AWS/CloudFront, AWS/SQS, CloudWatchSynthetics, AWS/RUM.",
      ],
    },
    "refuses an alarm on the table that the experiment's runbook denies": {
      change: (draft) =>
        draft.set("aws-experiments-alarms-failed-requests", {
          namespace: "AWS/DynamoDB",
          metricName: "SystemErrors",
        }),
      messages: [ON_DYNAMODB],
    },
    "refuses one on what a parameter of a runbook of another stack names": {
      change: (draft) =>
        draft
          .set(TEMPLATE, {
            actions: [
              {
                name: "deny",
                actionId: "aws:ssm:start-automation-execution",
                parameters: [
                  { key: "documentArn", value: draft.late("arn:aws:ssm:us-east-1::document/Deny") },
                  { key: "documentParameters", value: JSON.stringify({ Table: TABLE_ARN }) },
                ],
              },
            ],
          })
          .depend(TEMPLATE, "actions")
          .set("aws-experiments-alarms-failed-requests", { namespace: "AWS/DynamoDB" }),
      messages: [ON_DYNAMODB],
    },
    "refuses one on what the experiment targets": {
      change: (draft) =>
        draft
          .set(TEMPLATE, {
            targets: [{ name: "a", resourceType: "aws:ec2:instance", selectionMode: "ALL" }],
          })
          .set("aws-experiments-alarms-failed-requests", { namespace: "AWS/EC2" }),
      messages: [
        "Experiment aws-experiments-outage stops on AWS/EC2, which it perturbs itself. Take an alarm on what callers feel instead.",
      ],
    },
    "allows one on what the runbook only reads": {
      change: (draft) =>
        draft
          .setLate("aws-experiments-table-outage-document", "content", READING_RUNBOOK)
          .depend("aws-experiments-table-outage-document", "content", "write-buffer-queue"),
      messages: [],
    },
    "follows a composite alarm to the alarms that it names": {
      change: (draft) => stopOn(draft, 'ALARM("ProductApiFailedRequests") AND NOT OK(other)'),
      messages: [],
    },
    "follows one whose rule is known only after the update": {
      change: (draft) =>
        stopOn(draft, draft.late(`ALARM(${ALARM_ARN}ProductApiFailedRequests)`)).depend(
          "callers",
          "alarmRule",
          "aws-experiments-alarms-failed-requests",
        ),
      messages: [],
    },
    "refuses a composite alarm on what callers do not feel": {
      change: (draft) =>
        stopOn(draft, "ALARM(ProductApiFailedRequests)").set(
          "aws-experiments-alarms-failed-requests",
          { namespace: "AWS/Billing" },
        ),
      messages: [
        "Experiment aws-experiments-outage stops on AWS/Billing, which is not what callers feel. Add an alarm on one of AWS/ApiGateway, AWS/ApplicationELB, AWS/AppSync, AWS/CloudFront, AWS/SQS, CloudWatchSynthetics, AWS/RUM.",
      ],
    },
    "says that it cannot see an alarm of another stack": {
      change: (draft) =>
        draft.set(TEMPLATE, {
          stopConditions: [{ source: "aws:cloudwatch:alarm", value: `${ALARM_ARN}Elsewhere` }],
        }),
      messages: [
        "Experiment aws-experiments-outage stops on arn:aws:cloudwatch:us-east-1:123456789012:alarm:Elsewhere, which is not in the stack, so nobody sees here what the alarm watches. Declare the alarm in the stack.",
      ],
    },
    "says nothing of an alarm that a preview cannot know": {
      change: (draft) =>
        draft
          .set(TEMPLATE, {
            stopConditions: [
              { source: "aws:cloudwatch:alarm", value: draft.late(`${ALARM_ARN}Elsewhere`) },
            ],
          })
          .depend(TEMPLATE, "stopConditions"),
      messages: [
        "Experiment aws-experiments-outage stops on arn:aws:cloudwatch:us-east-1:123456789012:alarm:Elsewhere, which is not in the stack, so nobody sees here what the alarm watches. Declare the alarm in the stack.",
      ],
      inPreview: [],
    },
  },
  ON_AWS,
);
