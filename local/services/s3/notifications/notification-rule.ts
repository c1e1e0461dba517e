import type {
  Event,
  NotificationConfiguration,
  NotificationConfigurationFilter,
} from "@aws-sdk/client-s3";

/** One configuration of a bucket's notifications, whatever its target is. */
export interface NotificationRule {
  readonly id: string;
  /** ARN of a function, queue or topic. */
  readonly targetArn: string;
  readonly kind: "function" | "queue" | "topic";
  /** Such as `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** What the three lists of a configuration have in common. */
interface Given {
  readonly Id?: string | undefined;
  readonly Events?: readonly Event[] | undefined;
  readonly Filter?: NotificationConfigurationFilter | undefined;
}

/** The rules of a configuration that has been checked. */
export function rulesOf(configuration: NotificationConfiguration): NotificationRule[] {
  const { LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations } = configuration;
  return [
    ...(LambdaFunctionConfigurations ?? []).map((each) =>
      ruleOf(each, "function", each.LambdaFunctionArn),
    ),
    ...(QueueConfigurations ?? []).map((each) => ruleOf(each, "queue", each.QueueArn)),
    ...(TopicConfigurations ?? []).map((each) => ruleOf(each, "topic", each.TopicArn)),
  ];
}

function ruleOf(
  { Id = "", Events = [], Filter }: Given,
  kind: NotificationRule["kind"],
  targetArn = "",
): NotificationRule {
  const valueOf = (name: string) =>
    Filter?.Key?.FilterRules?.find((each) => each.Name?.toLowerCase() === name)?.Value ?? "";
  return {
    ...{ id: Id, kind, targetArn, events: Events },
    ...{ prefix: valueOf("prefix"), suffix: valueOf("suffix") },
  };
}

/** Whether a rule is for an event, such as `ObjectCreated:Put`, of a key. */
export function ruleMatches(rule: NotificationRule, event: string, key: string): boolean {
  return (
    rule.events.some((each) => eventsOverlap(each, `s3:${event}`)) &&
    key.startsWith(rule.prefix) &&
    key.endsWith(rule.suffix)
  );
}

/** Whether two types of events have one in common; `*` at the end stands for all. */
export function eventsOverlap(one: string, other: string): boolean {
  if (one === other) return true;
  const [family] = one.split("*");
  const [otherFamily] = other.split("*");
  return (
    (one.endsWith("*") && other.startsWith(family ?? "")) ||
    (other.endsWith("*") && one.startsWith(otherFamily ?? ""))
  );
}
