import { Deduplication } from "../sqs/store/deduplication.ts";

/** How a message was accepted; `SequenceNumber` is of FIFO topics. */
export interface Published {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

export interface TopicArgs {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  /** Those that it was given, checked. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

export class Topic {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  readonly isFifo: boolean;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** What a FIFO topic has accepted lately. */
  readonly accepted = new Deduplication<Published>();
  #published = 0n;

  constructor({ name, arn, region, accountId, attributes, tags }: TopicArgs) {
    this.name = name;
    this.arn = arn;
    this.region = region;
    this.accountId = accountId;
    this.isFifo = name.endsWith(".fifo");
    this.attributes = new Map(attributes);
    this.tags = new Map(tags);
  }

  /** 20 digits that grow. Source: SNS API, Publish, SequenceNumber. */
  nextSequenceNumber(): string {
    this.#published += 1n;
    return String(10_000_000_000_000_000_000n + this.#published).padStart(20, "0");
  }
}
