import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { DEFAULT_SETTINGS, type WriteBufferSettings } from "../settings.ts";
import { variableNames } from "../variables.ts";
import { callOptions, clientOptions } from "./client-options.ts";
import { requireEnvironment } from "./environment.ts";
import { formatQueuedWrite } from "./queued-write.ts";
import { createWriteVersions } from "./write-version.ts";

export interface WriteBufferOptions {
  /** Name of the record in a message; as the retry handler's. Default: record. */
  readonly recordName?: string;
  /** As the component's. Default: WRITE_BUFFER. */
  readonly variablePrefix?: string;
  /** As the component's. */
  readonly settings?: WriteBufferSettings;
}

/** Where a function puts the writes that its store does not accept. */
export interface WriteBuffer<Record> {
  /**
   * @param after a version that the new one must exceed, such as one that is stored already.
   * @returns the version of a write, to store with it. Take it before the store is tried, and hand it
   * to `put` when that fails: a late arrival of either is then a duplicate.
   */
  nextVersion(after?: number): number;
  /**
   * Resolves once SNS has accepted the write, which may then be acknowledged: it reaches `apply`.
   * @param version the highest one under which the store was tried. Default: a new one.
   * @returns the version of the write.
   * @throws the SDK's error when SNS did not accept the write within its deadline. It must then not be
   * acknowledged, although it may yet be applied.
   */
  put(record: Record, version?: number): Promise<number>;
}

/**
 * @example
 * const buffer = createWriteBuffer<Order>();
 * const version = buffer.nextVersion();
 * await putOrder(order, version).catch(() => buffer.put(order, version));
 *
 * @throws Error naming the environment variable that is missing.
 */
export function createWriteBuffer<Record>({
  recordName,
  variablePrefix,
  settings = DEFAULT_SETTINGS,
}: WriteBufferOptions = {}): WriteBuffer<Record> {
  const topicArn = requireEnvironment(variableNames(variablePrefix).topicArn);
  const sns = new SNSClient(clientOptions(settings.sns));
  const versions = createWriteVersions();
  return {
    nextVersion: (after) => versions.next(after),
    async put(record, version = versions.next()) {
      await sns.send(
        new PublishCommand({
          TopicArn: topicArn,
          Message: formatQueuedWrite({ record, version }, recordName),
        }),
        callOptions(settings.sns),
      );
      return version;
    },
  };
}
