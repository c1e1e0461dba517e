import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { QueueRegistry } from "./queue-registry.ts";
import { queueArn } from "./queue-url.ts";
import { allowsRedriveOf } from "./redrive-allow-policy.ts";

const members = ["maxReceiveCount", "deadLetterTargetArn"];
const maxReceives = 1000;

/**
 * Checks a RedrivePolicy of the queue with this name: a dead-letter queue that could never receive a
 * message is refused. Answers it with its count as a number, in which SQS shows it. Throws an
 * AwsError, in SQS's words where they are known.
 *
 * Source: SQS API, CreateQueue, RedrivePolicy; SQS Developer Guide, "Using dead-letter queues".
 */
export function checkRedrivePolicy(
  text: string,
  name: string,
  { queues, call }: { queues: QueueRegistry; call: AwsCall },
): string {
  const policy = parse(text);
  const invalid = (reason: string) =>
    new AwsError(
      "InvalidParameterValue",
      `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    );
  for (const member of members)
    if (policy[member] === undefined || policy[member] === null)
      throw invalid(`Redrive policy does not contain mandatory attribute: ${member}.`);
  const count = readCount(policy["maxReceiveCount"]);
  if (count === undefined)
    throw invalid(
      `Invalid value for maxReceiveCount: ${show(policy["maxReceiveCount"])}, valid values are from 1 to 1000 both inclusive.`,
    );
  if (Object.keys(policy).some((member) => !members.includes(member)))
    throw invalid(`Only following attributes are supported: [${members.join(", ")}].`);

  const target = policy["deadLetterTargetArn"];
  const arn = typeof target === "string" ? target.split(":") : [];
  if (typeof target !== "string" || arn.length !== 6 || arn[0] !== "arn")
    throw invalid("Dead-letter target ARN should be fully qualified ARN.");
  const [, , service, region, account] = arn;
  if (service !== "sqs")
    throw invalid("Only SQS queues are valid resources for deadLetterTargetArn.");
  if (account !== call.accountId)
    throw invalid("Dead-letter target owner should be same as the source.");
  if (region !== call.region)
    throw invalid("Dead-letter target must be in same region as the source.");
  const ownArn = queueArn(name, call);
  // SQS ends this sentence with two full stops.
  if (target.endsWith(".fifo") !== name.endsWith(".fifo"))
    throw invalid("Dead-letter queue must be same type of queue as the source..");
  const deadLetters = queues.byArn(target);
  if (!deadLetters) throw invalid("Dead letter target does not exist.");
  if (target === ownArn)
    throw invalid("Dead-letter queue must be a different queue than the source.");
  if (!allowsRedriveOf(ownArn, deadLetters.attributes.get("RedriveAllowPolicy")))
    throw invalid(
      "The redrive allow policy of the dead-letter target does not allow this queue as a source.",
    );
  return typeof policy["maxReceiveCount"] === "number"
    ? text
    : JSON.stringify({ ...policy, maxReceiveCount: count });
}

/** SQS also accepts the count as a text. */
function readCount(given: unknown): number | undefined {
  const isText = typeof given === "string" && /^\d{1,9}$/.test(given);
  const count = isText ? Number(given) : given;
  return typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= maxReceives
    ? count
    : undefined;
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parse(text: string): Record<string, unknown> {
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === "object" && policy !== null && !Array.isArray(policy))
      return policy as Record<string, unknown>;
  } catch {
    // Refused below.
  }
  // Not an InvalidParameterValue, unlike the other sentences about this policy.
  throw new AwsError(
    "InvalidAttributeValue",
    "Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.",
  );
}
