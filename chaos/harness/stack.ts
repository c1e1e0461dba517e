import { awsClients } from "./aws-clients.ts";
import type { AwsClients } from "./aws-clients.ts";
import { FisInjector } from "./fis-injector.ts";
import type { Injector } from "./injector.ts";
import { deadLetters } from "./probes/dead-letters.ts";
import { scanTable } from "./probes/scan-table.ts";
import type { Item } from "./probes/scan-table.ts";
import { QueueWatch } from "./queue-watch.ts";
import type { Target } from "./target.ts";

/** A deployed stack through the public APIs of its cloud: what can be seen of it, and injected. */
export class Stack {
  readonly target: Target;
  readonly injector: Injector;
  readonly #clients: AwsClients;
  readonly #deadlineMs: number;

  /** @param deadlineMs how long the cloud may take for anything that is not measured */
  constructor(target: Target, deadlineMs: number) {
    this.target = target;
    this.#deadlineMs = deadlineMs;
    const { endpoint, outputs } = target;
    this.#clients = awsClients({ endpoint, region: outputs.region });
    this.injector = new FisInjector(this.#clients.fis, { deadlineMs });
  }

  scan(signal: AbortSignal): Promise<Map<string, Item>> {
    return scanTable(this.#clients.dynamodb, this.target.outputs.productsTableName, signal);
  }

  /** Bodies of the messages in the dead-letter queue; none when the stack has no such queue. */
  async deadLetters(signal: AbortSignal): Promise<readonly string[]> {
    const queueUrl = this.target.outputs.productEventsDeadLetterQueueUrl;
    if (!queueUrl) return [];
    return deadLetters(this.#clients.sqs, queueUrl, { deadlineMs: this.#deadlineMs, signal });
  }

  /** Undefined when the stack has no queue. */
  watchQueue(): QueueWatch | undefined {
    const queueUrl = this.target.outputs.productEventsQueueUrl;
    return queueUrl ? new QueueWatch(this.#clients.sqs, queueUrl) : undefined;
  }

  close(): void {
    this.#clients.close();
  }
}
