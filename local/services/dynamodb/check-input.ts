import { AwsError } from "../../wire/aws-error.ts";
import { nestsTooDeep } from "../../wire/nests-too-deep.ts";
import { checkDepth } from "./check-depth.ts";

/** Bytes. Source: DynamoDB service quotas, 16 MB for a request. */
const maxRequestBytes = 16 * 1024 * 1024;

/** Levels of JSON: an item of fewer cannot have more than the 32 levels that DynamoDB takes. */
const deepLevels = 64;

/** Where texts are data, and may be anything. */
const dataTypes = new Set(["S", "SS", "N", "NS", "B", "BS", "Value", "Policy"]);

/**
 * Refuses a body that dynalite could not read, and a name `__proto__`, which it would lose without a
 * word.
 */
export function checkInput(body: Buffer): void {
  if (body.length > maxRequestBytes)
    throw new AwsError("RequestEntityTooLarge", "A request must be at most 16 MB.", 413);
  // Only what is deep is looked at again, to say how deep.
  const isDeep = nestsTooDeep(body, { levels: deepLevels, parts: Infinity });
  if (isDeep && nestsTooDeep(body, { parts: Infinity }))
    throw unreadable("The request body nests too deep.");
  if (!/^\s*\{/.test(body.toString("latin1", 0, 1024)))
    throw unreadable("The request body must be a JSON object.");
  if (isDeep) checkDepth(readJson(body));
  if (!body.includes("__proto__") && !body.includes("\\u")) return;
  checkMember("", readJson(body));
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw unreadable("The request body is not valid JSON.");
  }
}

function checkMember(name: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      checkMember(name, item);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [member, inner] of Object.entries(value)) {
      if (member === "__proto__") throw unkeepable();
      checkMember(member, inner);
    }
  } else if (typeof value === "string" && value.includes("__proto__") && !dataTypes.has(name))
    throw unkeepable();
}

function unkeepable(): AwsError {
  return new AwsError(
    "ValidationException",
    "__proto__ is not a name that this endpoint can keep.",
  );
}

function unreadable(message: string): AwsError {
  return new AwsError("SerializationException", message);
}
