import { nestsTooDeep } from "../../wire/nests-too-deep.ts";
import { readJsonInTurns } from "../../wire/cut-json.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";

/** Bytes; a smaller body is read at once in a few milliseconds. */
const largeBytes = 512 * 1024;

/** The level of JSON at which an operation has its items. */
const itemLevels: Readonly<Record<string, number>> = { BatchWriteItem: 4, TransactWriteItems: 3 };

/**
 * Commas and brackets of an item: each value has two, and a byte at least of the 400 KB that an item
 * may have. Source: DynamoDB quotas; sizes as in "DynamoDB item sizes and formats".
 */
const mostPartsOfItem = 1_000_000;

/**
 * The input of a call. A large one is read item by item, so that others have their turn between them;
 * what has more parts than any item is refused before it is read. Throws a SerializationException
 * for a body that is no JSON object.
 */
export function readInput({
  operation,
  request: { body },
}: AwsCall): Record<string, unknown> | Promise<Record<string, unknown>> {
  if (body.length < largeBytes) return structure(() => JSON.parse(body.toString("utf8")));
  const level = itemLevels[operation];
  if (level === undefined) {
    checkParts(body);
    return structure(() => JSON.parse(body.toString("utf8")));
  }
  return readJsonInTurns(body, level, checkParts).then(
    (input) => structure(() => input),
    (error: unknown) => {
      throw error instanceof SyntaxError ? unreadable() : error;
    },
  );
}

function checkParts(json: Buffer): void {
  if (nestsTooDeep(json, { levels: Infinity, parts: mostPartsOfItem }))
    throw new AwsError("ValidationException", "Item size has exceeded the maximum allowed size");
}

function structure(read: () => unknown): Record<string, unknown> {
  let input: unknown;
  try {
    input = read();
  } catch {
    throw unreadable();
  }
  if (typeof input === "object" && input !== null) return input as Record<string, unknown>;
  throw unreadable();
}

function unreadable(): AwsError {
  return new AwsError("SerializationException", "The request body must be a JSON object.");
}
