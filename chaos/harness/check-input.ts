import type { Shown } from "./anomaly.ts";
import type { Op, OpType } from "./history.ts";

/** A consistent scan of the table, and when it took place. Epoch milliseconds. */
export interface Look {
  readonly startMs: number;
  readonly endMs: number;
  /** Key → value, as `productValue` gives it. */
  readonly table: ReadonlyMap<string, string>;
}

/** Everything that a run shows of what became of its writes. */
export interface CheckInput {
  readonly history: readonly Op[];
  /** Key → value, from before the first request; a stack may have been used before. */
  readonly initialTable: ReadonlyMap<string, string>;
  /**
   * In the order in which they were taken; all of them count. The first comes after the queue has
   * drained, the last after the longest time within which the system may still act on its own.
   */
  readonly looks: readonly Look[];
  readonly deadLetters?: readonly { readonly key: string; readonly value: string }[];
  /** Whether the queue was seen empty, with nothing in flight and nothing delayed. */
  readonly drained: boolean;
  /** Whether a request was answered as the fault would have it. */
  readonly faultFired: boolean;
  /** While everything inside this window failed, only these acknowledgements could be true. */
  readonly fault?: {
    readonly startMs: number;
    readonly endMs: number;
    readonly possible: readonly OpType[];
  };
  /** How far the clocks of those who sent may be off the clock of the looks. Default: 0. */
  readonly clockErrorMs?: number;
}

/** What each look showed of a key. */
export function shownOf({ looks }: Pick<CheckInput, "looks">, key: string): Shown[] {
  return looks.map(({ table }) => {
    const value = table.get(key);
    return value === undefined ? {} : { value };
  });
}
