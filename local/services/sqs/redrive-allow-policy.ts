import { AwsError } from "../../wire/aws-error.ts";

export interface RedriveAllowPolicy {
  readonly redrivePermission: "allowAll" | "denyAll" | "byQueue";
  readonly sourceQueueArns?: readonly string[];
}

const permissions = new Set<unknown>(["allowAll", "denyAll", "byQueue"]);
const maxSources = 10;

/**
 * Checks which queues may have this one as their dead-letter queue. Throws an AwsError in SQS's
 * words. Source: SQS API, CreateQueue, RedriveAllowPolicy.
 */
export function checkRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const policy = parse(text);
  const { redrivePermission, sourceQueueArns: sources } = policy;
  const isKnown = Object.keys(policy).every((key) =>
    ["redrivePermission", "sourceQueueArns"].includes(key),
  );
  if (!isKnown || !permissions.has(redrivePermission)) throw unsupported();
  if (sources !== undefined) {
    const isList = Array.isArray(sources) && sources.every((arn) => typeof arn === "string");
    if (!isList) throw unsupported();
    if (redrivePermission !== "byQueue")
      throw invalid(
        text,
        "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
      );
    if (sources.length > maxSources)
      throw invalid(
        text,
        `The maximum number of source queue ARNs you can specify is ${String(maxSources)}.`,
      );
    if (!sources.every((arn: string) => /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w.-]+$/.test(arn)))
      throw unsupported();
  }
  if (redrivePermission === "byQueue" && (!Array.isArray(sources) || sources.length === 0))
    throw invalid(
      text,
      "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.",
    );
  return policy as unknown as RedriveAllowPolicy;
}

/** Whether the queue of this policy may be the dead-letter queue of another. */
export function allowsRedriveOf(sourceArn: string, policy: string | undefined): boolean {
  if (policy === undefined) return true;
  const { redrivePermission, sourceQueueArns = [] } = checkRedriveAllowPolicy(policy);
  return (
    redrivePermission === "allowAll" ||
    (redrivePermission === "byQueue" && sourceQueueArns.includes(sourceArn))
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === "object" && policy !== null && !Array.isArray(policy))
      return policy as Record<string, unknown>;
  } catch {
    // Refused below.
  }
  throw unsupported();
}

function unsupported(): AwsError {
  return new AwsError(
    "InvalidAttributeValue",
    "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.",
  );
}

function invalid(text: string, reason: string): AwsError {
  return new AwsError(
    "InvalidParameterValue",
    `Value ${text} for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy. ${reason}`,
  );
}
