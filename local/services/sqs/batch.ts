import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";

const maxEntries = 10;

interface Refused {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/**
 * The entries of a batch, by their ids. Throws what SQS refuses of a batch as a whole.
 * Source: SQS API, SendMessageBatch.
 */
export function checkBatch(operation: string, given: unknown): ReadonlyMap<string, JsonInput> {
  const entries = (given ?? []) as readonly JsonInput[];
  if (entries.length === 0)
    throw new AwsError(
      "EmptyBatchRequest",
      `There should be at least one ${operation}RequestEntry in the request.`,
    );
  if (entries.length > maxEntries)
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${String(maxEntries)}. You have sent ${String(entries.length)}.`,
    );
  const byId = new Map<string, JsonInput>();
  for (const entry of entries) {
    const { Id } = entry;
    if (typeof Id !== "string" || !/^[\w-]{1,80}$/.test(Id))
      throw new AwsError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    if (byId.has(Id)) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${Id} repeated.`);
    byId.set(Id, entry);
  }
  return byId;
}

/** Carries out each entry; one that is refused does not keep the others. */
export function runBatch(
  entries: ReadonlyMap<string, JsonInput>,
  run: (entry: JsonInput) => object | undefined,
): object {
  const Successful: object[] = [];
  const Failed: Refused[] = [];
  for (const [Id, entry] of entries)
    try {
      Successful.push({ Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code: Code, message: Message } = error;
      Failed.push({ Id, SenderFault: error.status < 500, Code, Message });
    }
  // An empty list is left out, as SQS does.
  return {
    ...(Successful.length > 0 && { Successful }),
    ...(Failed.length > 0 && { Failed }),
  };
}
