import type { Verdict } from "./checker.ts";
import type { Op, Phase } from "./history.ts";
import type { FaultForm } from "./injector.ts";
import type { LatencySummary } from "./latency-summary.ts";
import type { QueueDepth } from "./probes/queue-depth.ts";
import type { Item } from "./probes/scan-table.ts";
import type { Product } from "./product.ts";

/** What a check can see and do. */
export interface CheckContext {
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
  /** Bodies of the messages in the dead-letter queue, none when the stack has no such queue. */
  deadLetters(): Promise<readonly string[]>;
  /** Throws until the history has been checked. */
  verdict(): Verdict;
}
