import { randomUUID } from "node:crypto";
import { deliver, type DeliverArgs } from "./deliver.ts";
import { type PublishedMessage, bodyFor } from "./published-message.ts";
import { deadLetterArnOf } from "./subscription-attributes.ts";
import { Subscription } from "./subscription.ts";
import { toDelivered } from "./to-delivered.ts";
import type { Published } from "./topic.ts";

/** Who gets the messages of a topic, and their deliveries. Nothing runs while nothing is published. */
export class Subscriptions {
  readonly #args: Omit<DeliverArgs, "signal">;
  readonly #byArn = new Map<string, Subscription>();
  readonly #byTopic = new Map<string, Subscription[]>();
  /** Topic → how many of its subscriptions have ended. */
  readonly #deleted = new Map<string, number>();
  readonly #deliveries = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(args: Omit<DeliverArgs, "signal">) {
    this.#args = args;
  }

  /** The subscription of a queue or function to a topic. */
  find(topicArn: string, endpoint: string): Subscription | undefined {
    return this.ofTopic(topicArn).find((each) => each.endpoint === endpoint);
  }

  byArn(arn: string): Subscription | undefined {
    return this.#byArn.get(arn);
  }

  ofTopic(topicArn: string): readonly Subscription[] {
    return this.#byTopic.get(topicArn) ?? [];
  }

  all(): Subscription[] {
    return [...this.#byArn.values()];
  }

  deletedOf(topicArn: string): number {
    return this.#deleted.get(topicArn) ?? 0;
  }

  add(topicArn: string, endpoint: string, attributes: ReadonlyMap<string, string>): Subscription {
    const arn = `${topicArn}:${randomUUID()}`;
    const subscription = new Subscription({ arn, topicArn, endpoint, attributes });
    this.#byArn.set(arn, subscription);
    this.#byTopic.set(topicArn, [...this.ofTopic(topicArn), subscription]);
    return subscription;
  }

  /** Ends a subscription; what was published to it before is still delivered. */
  remove(arn: string): void {
    const subscription = this.#byArn.get(arn);
    if (!subscription) return;
    const { topicArn } = subscription;
    this.#byArn.delete(arn);
    const others = this.ofTopic(topicArn).filter((each) => each !== subscription);
    this.#byTopic.set(topicArn, others);
    this.#deleted.set(topicArn, this.deletedOf(topicArn) + 1);
  }

  /** Ends every subscription of a topic. */
  removeTopic(topicArn: string): void {
    for (const { arn } of this.ofTopic(topicArn)) this.#byArn.delete(arn);
    this.#byTopic.delete(topicArn);
    this.#deleted.delete(topicArn);
  }

  /** Starts the delivery of a message to every subscriber that takes it. */
  deliver(topicArn: string, message: PublishedMessage, published: Published): void {
    const timestamp = new Date();
    for (const subscription of this.ofTopic(topicArn)) {
      const body = bodyFor(message, subscription.protocol);
      if (subscription.filter(message, body))
        this.#start(subscription, message.groupId, () =>
          toDelivered({ subscription, message, body, published, timestamp }),
        );
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#deliveries);
  }

  #start(
    subscription: Subscription,
    groupId: string | undefined,
    message: () => ReturnType<typeof toDelivered>,
  ): void {
    const { topicArn, endpoint: endpointArn, arn: subscriptionArn, groups } = subscription;
    const run = () =>
      deliver(
        { message: message(), topicArn, subscriptionArn, endpointArn },
        () => deadLetterArnOf(subscription.attributes),
        { ...this.#args, signal: this.#stop.signal },
      );
    const group = topicArn.endsWith(".fifo") ? groupId : undefined;
    const before = group === undefined ? undefined : groups.get(group);
    const delivery: Promise<void> = (before ? before.then(run) : run()).finally(() => {
      this.#deliveries.delete(delivery);
      if (group !== undefined && groups.get(group) === delivery) groups.delete(group);
    });
    this.#deliveries.add(delivery);
    if (group !== undefined) groups.set(group, delivery);
  }
}
