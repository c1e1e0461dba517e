import { randomUUID } from "node:crypto";
import type {
  Event,
  NotificationConfiguration,
  NotificationConfigurationFilter,
} from "@aws-sdk/client-s3";
import { AwsError } from "../../../wire/aws-error.ts";
import { invalidArgument, malformedXml, notServed } from "../errors.ts";
import { eventsOverlap, type NotificationRule, rulesOf } from "./notification-rule.ts";

/** Events that are told. Source: S3 User Guide, "Supported event types for SQS, SNS, and Lambda". */
const told = new Set([
  "s3:ObjectCreated:*",
  "s3:ObjectCreated:Put",
  "s3:ObjectCreated:Post",
  "s3:ObjectCreated:Copy",
  "s3:ObjectCreated:CompleteMultipartUpload",
  "s3:ObjectRemoved:*",
  "s3:ObjectRemoved:Delete",
  "s3:ObjectRemoved:DeleteMarkerCreated",
  "s3:ObjectTagging:*",
  "s3:ObjectTagging:Put",
  "s3:ObjectTagging:Delete",
  "s3:ObjectAcl:Put",
]);

/** Events of what is not emulated, which can never come. */
const neverTold =
  /^s3:(ReducedRedundancyLostObject|ObjectRestore|Replication|Lifecycle\w+|IntelligentTiering|ObjectAnnotation)\b/;

/**
 * A configuration of notifications as it is kept, with an id for each rule.
 * Source: S3 API reference, PutBucketNotificationConfiguration.
 *
 * @throws AwsError MalformedXML, InvalidArgument, NotImplemented
 */
export function checkConfiguration(given: NotificationConfiguration): NotificationConfiguration {
  if (given.EventBridgeConfiguration !== undefined) throw notServed("EventBridgeConfiguration");
  const configuration: NotificationConfiguration = {
    LambdaFunctionConfigurations: given.LambdaFunctionConfigurations?.map(withId),
    QueueConfigurations: given.QueueConfigurations?.map(withId),
    TopicConfigurations: given.TopicConfigurations?.map(withId),
  };
  const rules = rulesOf(configuration);
  for (const rule of rules) checkRule(rule);
  for (const [at, rule] of rules.entries())
    for (const other of rules.slice(at + 1)) {
      if (rule.id === other.id) throw invalid("Same ID used for multiple configurations.");
      if (overlap(rule, other))
        throw invalid(
          "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
        );
    }
  return configuration;
}

function withId<
  Given extends {
    Id?: string | undefined;
    Events: Event[] | undefined;
    Filter?: NotificationConfigurationFilter | undefined;
  },
>(given: Given): Given {
  checkFilter(given.Filter);
  return { ...given, Id: given.Id ?? randomUUID() };
}

function checkFilter(filter: NotificationConfigurationFilter | undefined): void {
  const names = (filter?.Key?.FilterRules ?? []).map(({ Name = "" }) => Name.toLowerCase());
  if (names.some((name) => name !== "prefix" && name !== "suffix"))
    throw invalid("filter rule name must be either prefix or suffix");
  if (new Set(names).size < names.length)
    throw invalid("Cannot specify more than one prefix and one suffix rule in a filter.");
}

const arnForms = {
  function: /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
  queue: /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/,
  topic: /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/,
} as const;

function checkRule({ events, targetArn, kind }: NotificationRule): void {
  if (events.length === 0) throw malformedXml();
  for (const event of events)
    if (neverTold.test(event)) throw notServed(`The event ${event}`);
    else if (!told.has(event)) throw malformedXml();
  if (!arnForms[kind].test(targetArn))
    throw invalidArgument("The ARN could not be parsed", "NotificationArn", targetArn);
  if (targetArn.endsWith(".fifo"))
    throw invalid(
      "FIFO queues and topics are not supported as destinations of S3 event notifications.",
    );
}

function overlap(one: NotificationRule, other: NotificationRule): boolean {
  const inBoth = (left: string, right: string) => left.startsWith(right) || right.startsWith(left);
  const endInBoth = (left: string, right: string) => left.endsWith(right) || right.endsWith(left);
  return (
    one.events.some((event) => other.events.some((each) => eventsOverlap(event, each))) &&
    inBoth(one.prefix, other.prefix) &&
    endInBoth(one.suffix, other.suffix)
  );
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidArgument", message);
}
