import { readArn } from "../../wire/arn.ts";
import { compileFilter, type Filter } from "./compile-filter.ts";

/** What a queue or function is to get of a topic. */
export class Subscription {
  readonly arn: string;
  readonly topicArn: string;
  /** ARN of the queue or function that the subscriber named. */
  readonly endpoint: string;
  readonly protocol: string;
  readonly #attributes: Map<string, string>;
  /** Last delivery of each message group of a FIFO topic, which the next one waits for. */
  readonly groups = new Map<string, Promise<void>>();
  #filter: Filter | undefined;

  constructor(args: {
    readonly arn: string;
    readonly topicArn: string;
    readonly endpoint: string;
    readonly attributes: ReadonlyMap<string, string>;
  }) {
    this.arn = args.arn;
    this.topicArn = args.topicArn;
    this.endpoint = args.endpoint;
    this.protocol = readArn(args.endpoint).service;
    this.#attributes = new Map(args.attributes);
  }

  /** Those that it was given, checked. */
  get attributes(): ReadonlyMap<string, string> {
    return this.#attributes;
  }

  set(attribute: string, value: string): void {
    this.#attributes.set(attribute, value);
    this.#filter = undefined;
  }

  get isRaw(): boolean {
    return this.#attributes.get("RawMessageDelivery") === "true";
  }

  get filter(): Filter {
    this.#filter ??= compileFilter(
      this.#attributes.get("FilterPolicy"),
      this.#attributes.get("FilterPolicyScope"),
    );
    return this.#filter;
  }
}
