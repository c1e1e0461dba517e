import { readArn } from "../../wire/arn.ts";
import { deliver, type DeliverArgs } from "./deliver.ts";
import type { DeliveredMessage } from "./delivered-message.ts";
import type { FanOutQueue } from "./fan-out-queue.ts";
import { deadLetterArnOf } from "./subscription-attributes.ts";

export interface Subscription {
  readonly topicArn: string;
  /** ARN of the queue or function that the subscriber named. */
  readonly endpoint: string;
  readonly fanOut: FanOutQueue;
  /** Once fauxqs has taken it. */
  arn: string | undefined;
  /** Those that it was given, checked. */
  readonly attributes: Map<string, string>;
  draining: Promise<void> | undefined;
  /** Published to meanwhile. */
  again: boolean;
  /** Last delivery of each message group of a FIFO topic, which the next one waits for. */
  readonly groups: Map<string, Promise<void>>;
}

/** Who gets the messages of a topic, and their deliveries. Nothing runs while nothing is published. */
export class Subscriptions {
  readonly #args: Omit<DeliverArgs, "signal">;
  readonly #create: (topicArn: string) => FanOutQueue;
  readonly #byFanOut = new Map<string, Subscription>();
  readonly #byArn = new Map<string, Subscription>();
  readonly #deliveries = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(create: (topicArn: string) => FanOutQueue, args: Omit<DeliverArgs, "signal">) {
    this.#create = create;
    this.#args = args;
  }

  /** The subscription of a queue or function to a topic. */
  find(topicArn: string, endpoint: string): Subscription | undefined {
    return [...this.#byFanOut.values()].find(
      (each) => each.topicArn === topicArn && each.endpoint === endpoint,
    );
  }

  /** Whom the messages of a topic go to, as ARNs. */
  endpointsOf(topicArn: string): string[] {
    return [...this.#byFanOut.values()]
      .filter((each) => each.topicArn === topicArn)
      .map(({ endpoint }) => endpoint);
  }

  byArn(arn: string): Subscription | undefined {
    return this.#byArn.get(arn);
  }

  /** ARN of the queue that fauxqs is to deliver to instead of the subscriber's. */
  async open(topicArn: string, endpoint: string): Promise<string> {
    let subscription = this.find(topicArn, endpoint);
    if (!subscription) {
      const fanOut = this.#create(topicArn);
      subscription = {
        ...{ topicArn, endpoint, fanOut },
        ...{ arn: undefined, attributes: new Map(), draining: undefined },
        ...{ again: false, groups: new Map() },
      };
      this.#byFanOut.set(fanOut.arn, subscription);
    }
    await subscription.fanOut.created;
    return subscription.fanOut.arn;
  }

  /** Names a subscription, once fauxqs has taken it; without a name it is forgotten. */
  async name(
    fanOutArn: string,
    subscriptionArn: string | undefined,
    attributes: ReadonlyMap<string, string>,
  ): Promise<void> {
    const subscription = this.#byFanOut.get(fanOutArn);
    if (!subscription) return;
    if (subscriptionArn === undefined) return this.#forget(subscription);
    this.#byArn.set(subscriptionArn, subscription);
    subscription.arn = subscriptionArn;
    for (const [name, value] of attributes) subscription.attributes.set(name, value);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const { draining } of this.#byFanOut.values()) await draining;
    await Promise.all(this.#deliveries);
  }

  /** Ends a subscription; what was published to it before is still delivered. */
  async remove(subscriptionArn: string): Promise<void> {
    const subscription = this.#byArn.get(subscriptionArn);
    if (!subscription) return;
    this.#byArn.delete(subscriptionArn);
    await this.#forget(subscription);
  }

  /** Ends every subscription of a topic. */
  async removeTopic(topicArn: string): Promise<void> {
    for (const [arn, subscription] of this.#byArn)
      if (subscription.topicArn === topicArn) await this.remove(arn);
  }

  /** Takes up what fauxqs has just put into the fan-out queues of a topic. */
  published(topicArn: string): void {
    for (const subscription of this.#byFanOut.values())
      if (subscription.topicArn === topicArn) void this.#drain(subscription);
  }

  /** Puts the subscriber's protocol and endpoint where fauxqs has its own, in the text of an answer. */
  showEndpoints(answer: string): string {
    return answer.replace(
      /(?:(?<protocol>sqs)(?<between><\/(?:Protocol|value)>(?:(?!<\/?(?:Endpoint|member)>|<key>Endpoint).)*(?:<Endpoint>|<key>Endpoint<\/key><value>)))?(?<arn>arn:aws:sqs:fan-out-[\w-]+:\d+:[\w.-]+)/gs,
      (whole, protocol: string | undefined, between: string | undefined, arn: string) => {
        const endpoint = this.#byFanOut.get(arn)?.endpoint;
        if (endpoint === undefined) return whole;
        return `${protocol === undefined ? "" : readArn(endpoint).service}${between ?? ""}${endpoint}`;
      },
    );
  }

  async #forget(subscription: Subscription): Promise<void> {
    this.#byFanOut.delete(subscription.fanOut.arn);
    await this.#drain(subscription);
    await subscription.fanOut.delete();
  }

  #drain(subscription: Subscription): Promise<void> {
    subscription.again = true;
    subscription.draining ??= this.#takeUp(subscription).finally(() => {
      subscription.draining = undefined;
    });
    return subscription.draining;
  }

  async #takeUp(subscription: Subscription): Promise<void> {
    while (subscription.again && !this.#stop.signal.aborted) {
      subscription.again = false;
      try {
        for (const message of await subscription.fanOut.takeAll())
          this.#start(subscription, message);
      } catch (error) {
        this.#args.log({
          event: "sns-fan-out-failed",
          topic: subscription.topicArn,
          error: error instanceof Error ? error.message : String(error),
        });
      }
    }
  }

  #start(subscription: Subscription, message: DeliveredMessage): void {
    const { topicArn, endpoint: endpointArn, arn: subscriptionArn = "", groups } = subscription;
    const run = () =>
      deliver(
        { message, topicArn, subscriptionArn, endpointArn },
        () => deadLetterArnOf(subscription.attributes),
        {
          ...this.#args,
          signal: this.#stop.signal,
        },
      );
    const { MessageGroupId: group } = message;
    const before = group === undefined ? undefined : groups.get(group);
    const delivery: Promise<void> = (before ? before.then(run) : run()).finally(() => {
      this.#deliveries.delete(delivery);
      if (group !== undefined && groups.get(group) === delivery) groups.delete(group);
    });
    this.#deliveries.add(delivery);
    if (group !== undefined) groups.set(group, delivery);
  }
}
