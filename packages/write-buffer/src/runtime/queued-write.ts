/** A write on its way through the topic and the queue, with the version it was accepted under. */
export interface QueuedWrite<Record> {
  readonly record: Record;
  /** Whole microseconds since the epoch (see createWriteVersions). */
  readonly version: number;
}

/** How a record stands in a message: `{ "schemaVersion": 1, "<recordName>": …, "version": … }`. */
export interface MessageFormat<Record> {
  /** Default: record. */
  readonly recordName?: string | undefined;
  /**
   * @returns the record, checked.
   * @throws Error with one sentence on what is wrong; the message then goes to the dead-letter queue.
   */
  readonly parse: (input: unknown) => Record;
}

const SCHEMA_VERSION = 1;
export const DEFAULT_RECORD_NAME = "record";

/** A message that no later attempt can make valid; the message of the error says why. */
export class InvalidMessageError extends Error {
  override readonly name = "InvalidMessageError";
}

/**
 * @param body the write as JSON, with or without an SNS notification around it, as a subscription
 * without raw message delivery puts there.
 * @throws InvalidMessageError
 */
export function parseQueuedWrite<Record>(
  body: string,
  { recordName = DEFAULT_RECORD_NAME, parse }: MessageFormat<Record>,
): QueuedWrite<Record> {
  const input = parseJson(body);
  const write =
    isObject(input) && input.Type === "Notification" && typeof input.Message === "string"
      ? parseJson(input.Message)
      : input;
  if (!isObject(write)) throw new InvalidMessageError("The message must be a JSON object.");
  const { schemaVersion, version } = write;
  if (schemaVersion !== SCHEMA_VERSION)
    throw new InvalidMessageError(`Field schemaVersion must be ${String(SCHEMA_VERSION)}.`);
  const record = parseRecord(write[recordName], parse);
  if (!Number.isSafeInteger(version) || (version as number) < 1)
    throw new InvalidMessageError("Field version must be a whole number of microseconds.");
  return { record, version: version as number };
}

/**
 * @returns the JSON of a write. SQS takes no U+FFFE and U+FFFF (SendMessage, "Characters"), JSON
 * takes them as escapes.
 */
export function formatQueuedWrite(
  { record, version }: QueuedWrite<unknown>,
  recordName = DEFAULT_RECORD_NAME,
): string {
  const write = { schemaVersion: SCHEMA_VERSION, [recordName]: record, version };
  return JSON.stringify(write).replace(/[\uFFFE\uFFFF]/g, (character) =>
    character === "\uFFFE" ? "\\ufffe" : "\\uffff",
  );
}

function parseRecord<Record>(input: unknown, parse: (input: unknown) => Record): Record {
  try {
    return parse(input);
  } catch (error) {
    throw new InvalidMessageError(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidMessageError("The message must be JSON.");
  }
}
