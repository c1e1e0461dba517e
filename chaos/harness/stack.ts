import { awsClients } from "./aws-clients.ts";
import type { AwsClients } from "./aws-clients.ts";
import type { Experiment } from "./experiment.ts";
import { ChaosApi } from "./injectors/chaos-api.ts";
import { chooseInjector } from "./injectors/choose-injector.ts";
import type { Injector } from "./injector.ts";
import type { Pace } from "./pace.ts";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { deadLetters } from "./probes/dead-letters.ts";
import type { DeadLetter } from "./probes/dead-letters.ts";
import { queueDepth } from "./probes/queue-depth.ts";
import type { QueueDepth } from "./probes/queue-depth.ts";
import { scanTable } from "./probes/scan-table.ts";
import type { Item } from "./probes/scan-table.ts";
import { QueueWatch } from "./queue-watch.ts";
import type { Target } from "./target.ts";

/** A deployed stack through the public APIs of its cloud: what can be seen of it, and injected. */
export class Stack {
  readonly target: Target;
  readonly #clients: AwsClients;
  readonly #chaosApi: ChaosApi | undefined;
  readonly #pace: Pace;

  constructor(target: Target, pace: Pace) {
    this.target = target;
    this.#pace = pace;
    const { endpoint, outputs } = target;
    this.#clients = awsClients({ ...(endpoint && { endpoint }), region: outputs.region });
    this.#chaosApi = endpoint ? new ChaosApi(endpoint, pace.deadlineMs) : undefined;
  }

  /** @throws NotApplicableError when the cloud cannot inject the experiment's fault */
  chooseInjector(experiment: Experiment): Promise<Injector> {
    const { target } = this;
    return chooseInjector(
      experiment,
      { target, fis: this.#clients.fis, chaosApi: this.#chaosApi },
      this.#pace,
    );
  }

  scan(signal: AbortSignal): Promise<Map<string, Item>> {
    return scanTable(this.#clients.dynamodb, this.target.outputs.productsTableName, signal);
  }

  /** How many messages the queue holds, asked once; undefined when the stack has no queue. */
  async queueDepth(signal: AbortSignal): Promise<QueueDepth | undefined> {
    const queueUrl = this.target.outputs.productEventsQueueUrl;
    return queueUrl ? queueDepth(this.#clients.sqs, queueUrl, signal) : undefined;
  }

  /** The messages in the dead-letter queue; none when the stack has no such queue. */
  async deadLetters(
    signal: AbortSignal,
    remove?: ReadonlySet<string>,
  ): Promise<readonly DeadLetter[]> {
    const queueUrl = this.target.outputs.productEventsDeadLetterQueueUrl;
    if (!queueUrl) return [];
    const { deadlineMs } = this.#pace;
    return deadLetters(this.#clients.sqs, queueUrl, {
      ...{ deadlineMs, signal },
      ...(remove && { remove }),
    });
  }

  /** Sends a message past the application. */
  async sendToQueue(body: string, signal: AbortSignal): Promise<void> {
    const queueUrl = this.target.outputs.productEventsQueueUrl;
    if (!queueUrl) throw new Error("The stack has no queue.");
    await this.#clients.sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }),
      { abortSignal: signal },
    );
  }

  /** Undefined when the stack has no queue. */
  watchQueue(): QueueWatch | undefined {
    const queueUrl = this.target.outputs.productEventsQueueUrl;
    return queueUrl
      ? new QueueWatch(this.#clients.sqs, queueUrl, this.#pace.queueIntervalMs)
      : undefined;
  }

  async close(): Promise<void> {
    this.#clients.close();
    await this.#chaosApi?.close();
  }
}
