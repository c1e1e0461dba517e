import type { ServiceCaller } from "../../../service-caller.ts";
import { readArn } from "../../../wire/arn.ts";

/** A message as ReceiveMessage answers it. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MD5OfMessageAttributes?: string;
  readonly MessageAttributes?: Readonly<
    Record<string, { StringValue?: string; BinaryValue?: string; DataType: string }>
  >;
}

/** Most messages of one ReceiveMessage or DeleteMessageBatch call. Source: SQS API. */
const maxMessagesPerCall = 10;

/** The calls to SQS that a mapping makes with its function's role. */
export class QueueClient {
  readonly #call: ServiceCaller;
  readonly #caller: { readonly service: "sqs"; readonly region: string; readonly roleArn: string };
  readonly #url: string;

  constructor(call: ServiceCaller, queueArn: string, roleArn: string) {
    const { region, accountId, resource } = readArn(queueArn);
    this.#call = call;
    this.#caller = { service: "sqs", region, roleArn };
    this.#url = `https://sqs.${region}.amazonaws.com/${accountId}/${resource}`;
  }

  async receive(
    most: number,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<ReceivedMessage[]> {
    const { Messages = [] } = (await this.#call({
      ...this.#caller,
      operation: "ReceiveMessage",
      input: {
        QueueUrl: this.#url,
        MaxNumberOfMessages: Math.min(most, maxMessagesPerCall),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      },
      signal,
    })) as { Messages?: ReceivedMessage[] };
    return Messages;
  }

  async delete(messages: readonly ReceivedMessage[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < messages.length; at += maxMessagesPerCall)
      await this.#call({
        ...this.#caller,
        operation: "DeleteMessageBatch",
        input: {
          QueueUrl: this.#url,
          Entries: messages
            .slice(at, at + maxMessagesPerCall)
            .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        },
        signal,
      });
  }

  async attributes(): Promise<Readonly<Record<string, string>>> {
    const { Attributes = {} } = (await this.#call({
      ...this.#caller,
      operation: "GetQueueAttributes",
      input: { QueueUrl: this.#url, AttributeNames: ["All"] },
    })) as { Attributes?: Record<string, string> };
    return Attributes;
  }
}
