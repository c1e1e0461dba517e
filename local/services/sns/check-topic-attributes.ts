import { readResourcePolicy } from "../../iam/read-resource-policy.ts";
import { isDeliveryStatusOff } from "./delivery-status.ts";
import { invalidParameter } from "./invalid-parameter.ts";

const choices: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: ["true", "false"],
  FifoThroughputScope: ["Topic", "MessageGroup"],
  FifoTopic: ["true", "false"],
  SignatureVersion: ["1", "2"],
  TracingConfig: ["Active", "PassThrough"],
};
const ofFifoTopics = new Set(["ContentBasedDeduplication", "FifoThroughputScope"]);
const texts = new Set(["DeliveryPolicy", "DisplayName", "KmsMasterKeyId", "Policy"]);
const longestDisplayName = 100;

export interface UnderCheck {
  readonly isFifo: boolean;
  /** `Attributes Reason: ` in CreateTopic, nothing in SetTopicAttributes. */
  readonly where: "" | "Attributes Reason: ";
}

/**
 * Checks attributes that a topic is given, and answers those that are to be kept. Throws an AwsError
 * in SNS's words. Source: SNS API, CreateTopic and SetTopicAttributes.
 */
export function checkTopicAttributes(
  given: ReadonlyMap<string, string>,
  { isFifo, where }: UnderCheck,
): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [name, value] of given) {
    if (isDeliveryStatusOff(name, value)) continue;
    const allowed = Object.hasOwn(choices, name) ? choices[name] : undefined;
    const text = allowed?.find((each) => each.toLowerCase() === value.toLowerCase());
    if (name === "ArchivePolicy" && value !== "" && value !== "{}")
      throw invalidParameter(`${where}ArchivePolicy: messages are not archived here.`);
    if (name === "ArchivePolicy") continue;
    if (!allowed && !texts.has(name))
      throw invalidParameter(where === "" ? "AttributeName" : `${where}Unknown attribute: ${name}`);
    if (allowed && text === undefined)
      throw invalidParameter(`${where}${name}: Invalid value [${value}].`);
    if (!isFifo && ofFifoTopics.has(name) && text !== "false")
      throw invalidParameter(`${where}${name}: it is of FIFO topics only.`);
    checkText(name, value, where);
    kept.set(name, text ?? value);
  }
  return kept;
}

function checkText(name: string, value: string, where: string): void {
  if (name === "DisplayName" && value.length > longestDisplayName)
    throw invalidParameter(`${where}DisplayName: it is longer than 100 characters.`);
  if (value === "" || (name !== "Policy" && name !== "DeliveryPolicy")) return;
  const { problem } = name === "Policy" ? readResourcePolicy(value) : { problem: undefined };
  if (problem !== undefined) throw invalidParameter(`${where}Policy: ${problem}`);
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === "object" && parsed !== null) return;
  } catch {
    // Refused below.
  }
  throw invalidParameter(`${where}${name}: failed to parse JSON.`);
}
