import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../../wire/aws-error.ts";
import { checkFilterPolicy } from "./filter-policy.ts";

/** What a subscription that was given no attributes has. Source: SNS API, Subscribe. */
const defaults: Readonly<Record<string, string>> = {
  FilterPolicyScope: "MessageAttributes",
  RawMessageDelivery: "false",
};

const policies = new Set(["DeliveryPolicy", "FilterPolicy", "RedrivePolicy"]);

/** Known to SNS, and for what is not served here. */
const notServed = new Set(["ReplayPolicy", "SubscriptionRoleArn"]);

/**
 * Checks attributes that a subscription is given, and answers them as SNS shows them. Throws an
 * AwsError in SNS's words. Source: SNS API, Subscribe and SetSubscriptionAttributes.
 *
 * @param present attributes that the subscription has already
 * @param where `Attributes Reason: ` in Subscribe, nothing in SetSubscriptionAttributes
 */
export function checkSubscriptionAttributes(
  given: ReadonlyMap<string, string>,
  { topicArn, protocol, present, where }: SubscriptionUnderCheck,
): Map<string, string> {
  const invalid = (reason: string) =>
    new AwsError("InvalidParameter", `Invalid parameter: ${where}${reason}`);
  const checked = new Map<string, string>();
  const of = (name: string) => checked.get(name) ?? present?.get(name) ?? defaults[name];

  for (const [name, value] of given) {
    checked.set(name, value);
    if (name === "RawMessageDelivery") {
      checked.set(name, value.toLowerCase());
      if (!/^(true|false)$/i.test(value))
        throw invalid(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
      if (protocol === "lambda" && value.toLowerCase() === "true")
        throw invalid("RawMessageDelivery: the protocol lambda does not have it.");
    } else if (name === "FilterPolicyScope") {
      if (value !== "MessageAttributes" && value !== "MessageBody")
        throw invalid(
          `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
        );
    } else if (notServed.has(name)) throw invalid(`${name} is not honoured by this endpoint.`);
    else if (!policies.has(name))
      throw new AwsError(
        "InvalidParameter",
        `Invalid parameter: ${where === "" ? "AttributeName" : `${where}Unknown attribute: ${name}`}`,
      );
    else if (name === "RedrivePolicy" && value !== "") checkRedrivePolicy(value, topicArn, invalid);
    else if (name === "DeliveryPolicy" && value !== "") readObject(name, value, invalid);
  }
  const filter = of("FilterPolicy");
  if (
    filter !== undefined &&
    filter !== "" &&
    (given.has("FilterPolicy") || given.has("FilterPolicyScope"))
  )
    checkFilterPolicy(
      filter,
      of("FilterPolicyScope") === "MessageBody" ? "MessageBody" : "MessageAttributes",
      where,
    );
  return checked;
}

export interface SubscriptionUnderCheck {
  readonly topicArn: string;
  readonly protocol: string;
  readonly present?: ReadonlyMap<string, string>;
  readonly where: "" | "Attributes Reason: ";
}

/** ARN of the queue that a checked redrive policy names. */
export function deadLetterArnOf(attributes: ReadonlyMap<string, string>): string | undefined {
  const policy = attributes.get("RedrivePolicy");
  if (policy === undefined || policy === "") return undefined;
  return (JSON.parse(policy) as { deadLetterTargetArn: string }).deadLetterTargetArn;
}

/** Whether the attributes that are given are those of a subscription; others do not count. */
export function haveSameValues(
  given: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string>,
): boolean {
  return haveSameTexts(given, (name) => present.get(name) ?? defaults[name] ?? "");
}

/** Whether each value is the present one; policies are compared as JSON. */
export function haveSameTexts(
  given: ReadonlyMap<string, string>,
  presentOf: (name: string) => string,
): boolean {
  return [...given].every(([name, value]) => {
    const other = presentOf(name);
    if (value === other) return true;
    if (!name.endsWith("Policy") || value === "" || other === "") return false;
    return isDeepStrictEqual(JSON.parse(value), JSON.parse(other));
  });
}

/** Source: SNS Developer Guide, "Amazon SNS dead-letter queues". */
function checkRedrivePolicy(
  text: string,
  topicArn: string,
  invalid: (reason: string) => AwsError,
): void {
  const policy = readObject("RedrivePolicy", text, invalid);
  const arn = policy["deadLetterTargetArn"];
  if (typeof arn !== "string" || !/^arn:aws:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(arn))
    throw invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn");
  const [unknown] = Object.keys(policy).filter((member) => member !== "deadLetterTargetArn");
  if (unknown !== undefined)
    throw invalid(`RedrivePolicy: ${unknown} is not a member of this policy`);
  const isFifoTopic = topicArn.endsWith(".fifo");
  if (isFifoTopic && !arn.endsWith(".fifo"))
    throw invalid(
      "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.",
    );
  if (!isFifoTopic && arn.endsWith(".fifo"))
    throw invalid("RedrivePolicy: must use a standard queue as DLQ for a standard topic.");
  const [, , , region, account] = arn.split(":");
  const [, , , topicRegion, topicAccount] = topicArn.split(":");
  if (region !== topicRegion || account !== topicAccount)
    throw invalid("RedrivePolicy: the DLQ must be in the account and region of the subscription.");
}

function readObject(
  name: string,
  text: string,
  invalid: (reason: string) => AwsError,
): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(`${name}: failed to parse JSON.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(`${name}: must be a JSON object.`);
  return value as Record<string, unknown>;
}
