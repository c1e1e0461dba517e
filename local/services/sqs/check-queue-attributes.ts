import { readResourcePolicy } from "../../iam/read-resource-policy.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { checkRedriveAllowPolicy } from "./redrive-allow-policy.ts";

/** Least and most of the attributes that are numbers. Source: SQS API, CreateQueue. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  DelaySeconds: [0, 900],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
  MaximumMessageSize: [1_024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
};

const booleans = new Set(["ContentBasedDeduplication", "FifoQueue", "SqsManagedSseEnabled"]);

const choices: Readonly<Record<string, readonly string[]>> = {
  DeduplicationScope: ["messageGroup", "queue"],
  FifoThroughputLimit: ["perQueue", "perMessageGroupId"],
};

const texts = new Set(["KmsMasterKeyId", "Policy", "RedriveAllowPolicy", "RedrivePolicy"]);

const ofFifoQueues = new Set(["ContentBasedDeduplication", ...Object.keys(choices)]);

export interface AttributesOf {
  readonly isFifo: boolean;
  /** Those that the queue has already. */
  readonly present: ReadonlyMap<string, string>;
}

/**
 * Checks attributes of a queue by themselves, and answers them in the form in which SQS shows them.
 * A redrive policy also depends on other queues: `checkRedrivePolicy`. Throws an AwsError in SQS's
 * words. Source: SQS API, CreateQueue and SetQueueAttributes.
 */
export function checkQueueAttributes(
  given: Readonly<Record<string, string>>,
  { isFifo, present }: AttributesOf,
): Map<string, string> {
  const checked = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    checkName(name, isFifo);
    checked.set(name, checkValue(name, value));
  }
  const of = (name: string) => checked.get(name) ?? present.get(name);
  if (
    of("FifoThroughputLimit") === "perMessageGroupId" &&
    of("DeduplicationScope") !== "messageGroup"
  )
    throw new AwsError(
      "InvalidAttributeValue",
      "Invalid value for the parameter FifoThroughputLimit. Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.",
    );
  if (checked.get("SqsManagedSseEnabled") === "true" && checked.get("KmsMasterKeyId"))
    throw new AwsError(
      "InvalidAttributeValue",
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
  return checked;
}

function checkName(name: string, isFifo: boolean): void {
  const isKnown =
    Object.hasOwn(ranges, name) ||
    Object.hasOwn(choices, name) ||
    booleans.has(name) ||
    texts.has(name);
  if (!isFifo && Object.hasOwn(choices, name))
    throw new AwsError(
      "InvalidAttributeName",
      `You can specify the ${name} only when FifoQueue is set to true.`,
    );
  if (!isKnown || (!isFifo && (ofFifoQueues.has(name) || name === "FifoQueue")))
    throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
}

function checkValue(name: string, value: string): string {
  const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  if (range) {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number >= range[0] && number <= range[1])) throw invalid(name);
    return String(number);
  }
  if (booleans.has(name)) {
    const text = value.toLowerCase();
    if (text !== "true" && text !== "false") throw invalid(name);
    return text;
  }
  if (Object.hasOwn(choices, name) && !choices[name]?.includes(value)) throw invalid(name);
  if (name === "Policy" && value !== "") {
    const { problem } = readResourcePolicy(value);
    if (problem !== undefined) throw invalid(name, problem);
  }
  if (name === "RedriveAllowPolicy" && value !== "") checkRedriveAllowPolicy(value);
  return value;
}

function invalid(name: string, reason?: string): AwsError {
  const why = reason === undefined ? "" : ` Reason: ${reason}`;
  return new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.${why}`);
}
