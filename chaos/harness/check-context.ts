import type { Verdict } from "./checker.ts";
import type { Op, Phase } from "./history.ts";
import type { FaultForm } from "./injector.ts";
import type { LatencySummary } from "./latency-summary.ts";
import type { DeadLetter } from "./probes/dead-letters.ts";
import type { QueueDepth } from "./probes/queue-depth.ts";
import type { Item } from "./probes/scan-table.ts";
import type { Product } from "./product.ts";

/** What a check can see and do. */
export interface CheckContext {
  /** Begins every key of this run's load, and of no other run's. */
  readonly keyPrefix: string;
  /** What the fault of this run looks like. */
  readonly fault: FaultForm;
  /** Requests that were sent and answered while the phase lasted, its edges left out. */
  within(phase: Phase): readonly Op[];
  /** Requests that were sent while the phase lasted, answered whenever. */
  sentIn(phase: Phase): readonly Op[];
  latency(phase: Phase): LatencySummary | undefined;
  /** The product as this run writes it: on AWS, under an id that no other product has. */
  own(product: Product): Product;
  /** Sends a write, which becomes part of the history. */
  post(product: Product): Promise<Op>;
  /** Sends a read, which becomes part of the history. */
  get(id: string): Promise<Op>;
  /** A consistent scan of the table. */
  scan(): Promise<ReadonlyMap<string, Item>>;
  /** How many messages the queue holds, asked once; undefined when the stack has no queue. */
  queueDepth(): Promise<QueueDepth | undefined>;
  /** Sends a message to the queue, past the application. */
  sendToQueue(body: string): Promise<void>;
  /** What has come into the dead-letter queue since the run began; none when the stack has none. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Deletes these messages of the dead-letter queue. */
  removeDeadLetters(messageIds: readonly string[]): Promise<void>;
  /** Throws until the history has been checked. */
  verdict(): Verdict;
}
