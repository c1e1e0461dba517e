import { randomUUID } from "node:crypto";
import { AwsError } from "../../wire/aws-error.ts";
import type { CheckedMessage } from "./check-message.ts";
import type { QueueSettings } from "./queue-settings.ts";
import { type Acceptance, Deduplication } from "./store/deduplication.ts";
import { MessageBuffer } from "./store/message-buffer.ts";
import { queueNowMs, type StoredMessage } from "./store/stored-message.ts";

const defaultRetentionSeconds = 345_600;
/** Source: SQS quotas, "Inflight messages per queue". */
const mostInFlight = 120_000;

/** Hears of what is sent to a queue, received from it and deleted. */
export interface QueueListener {
  sent(bytes: number): void;
  /** 0 for an answer without messages. */
  received(messages: number): void;
  deleted(): void;
}

/** A redrive policy that was checked. */
export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export interface QueueArgs {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  readonly attributes: Iterable<readonly [string, string]>;
  readonly tags: Readonly<Record<string, string>>;
  readonly listener: QueueListener;
}

/** A queue: its settings, its tags and its messages. */
export class Queue implements QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  readonly isFifo: boolean;
  /** Those that it was given: checked, and without empty ones. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly createdMs = Date.now();
  modifiedMs = this.createdMs;
  isDeleted = false;
  lastPurgeMs = -Infinity;
  readonly messages: MessageBuffer;
  readonly listener: QueueListener;
  readonly #deduplication = new Deduplication();
  #sent = 0n;

  constructor({ name, arn, region, accountId, attributes, tags, listener }: QueueArgs) {
    this.listener = listener;
    this.name = name;
    this.arn = arn;
    this.region = region;
    this.accountId = accountId;
    this.isFifo = name.endsWith(".fifo");
    this.attributes = new Map([...attributes].filter(([, value]) => value !== ""));
    this.tags = new Map(Object.entries(tags));
    this.messages = new MessageBuffer(
      this.isFifo,
      () => this.numberOf("MessageRetentionPeriod", defaultRetentionSeconds) * 1000,
    );
  }

  /** Where messages go that were received too often; `undefined` without a redrive policy. */
  get redrive(): Redrive | undefined {
    const policy = this.attributes.get("RedrivePolicy");
    return policy === undefined ? undefined : (JSON.parse(policy) as Redrive);
  }

  /** An attribute that is a number. */
  numberOf(name: string, byDefault: number): number {
    const given = this.attributes.get(name);
    return given === undefined ? byDefault : Number(given);
  }

  /** Takes a message; one that a FIFO queue has already taken within five minutes is not kept again. */
  send(checked: CheckedMessage): Partial<Acceptance> & Pick<Acceptance, "MessageId"> {
    const { message, delaySeconds, groupId, deduplicationKey } = checked;
    this.listener.sent(checked.bytes);
    const before =
      deduplicationKey === undefined ? undefined : this.#deduplication.find(deduplicationKey);
    if (before) return before;
    const sequenceNumber = this.isFifo ? this.#nextSequenceNumber() : undefined;
    const id = randomUUID();
    const delayMs = (delaySeconds ?? this.numberOf("DelaySeconds", 0)) * 1000;
    const nowMs = queueNowMs();
    this.messages.add({
      ...message,
      ...{ id, groupId, sequenceNumber, sentMs: nowMs, deadLetterSource: undefined },
      ...{ state: delayMs > 0 ? "delayed" : "visible", dueMs: nowMs + delayMs },
      ...{ receives: 0, firstReceivedMs: undefined, lastReceivedMs: undefined },
    });
    if (sequenceNumber === undefined) return { MessageId: id };
    const accepted = { MessageId: id, SequenceNumber: sequenceNumber };
    if (deduplicationKey !== undefined) this.#deduplication.add(deduplicationKey, accepted);
    return accepted;
  }

  /** Takes a message that another queue has given up, or that is moved back: with its id and its age. */
  takeOver(message: StoredMessage, deadLetterSource: string | undefined): void {
    this.messages.add({
      ...message,
      ...(this.isFifo && { sequenceNumber: this.#nextSequenceNumber(), sentMs: queueNowMs() }),
      ...{ deadLetterSource, state: "visible", dueMs: 0 },
    });
  }

  /**
   * Receives messages. One that was received as often as the redrive policy allows goes to the
   * dead-letter queue instead, where there still is one.
   */
  receive(
    { most, visibilityMs }: { readonly most: number; readonly visibilityMs: number },
    deadLetters: { readonly queue: Queue; readonly maxReceives: number } | undefined,
  ): StoredMessage[] {
    if (this.messages.counts().inFlight >= mostInFlight)
      throw new AwsError("OverLimit", "Too many messages in flight: delete some of them.", 403);
    return this.messages.take({
      most,
      visibilityMs,
      givesUp: (message) => {
        if (!deadLetters || message.receives < deadLetters.maxReceives) return false;
        deadLetters.queue.takeOver(message, this.arn);
        return true;
      },
    });
  }

  /** 20 digits that grow. Source: SQS API, SendMessage, SequenceNumber. */
  #nextSequenceNumber(): string {
    this.#sent += 256n;
    return String(18_849_000_000_000_000_000n + this.#sent);
  }
}
