import type { Effect } from "../../workload-contract.ts";
import { isAcknowledged } from "../history.ts";
import type { KeyRecord, KeySight, KeyWrite } from "./key-record.ts";

type Add = Extract<Effect, { readonly add: number }>;

/** What so many adds come to. */
export interface Sum {
  readonly count: number;
  /** Of those above 0, and of those below. */
  readonly up: number;
  readonly down: number;
}

/** What the adds of a counter come to by any time, each in logarithmic time: a soak has very many. */
export class RunningSums {
  readonly #sent: Prefixes;
  readonly #direct: Prefixes;
  readonly #acknowledged: Prefixes;
  readonly #drained: boolean;

  constructor({ writes, drained }: KeyRecord<Add>) {
    const acknowledged = writes.filter(({ op }) => isAcknowledged(op));
    this.#drained = drained;
    this.#sent = new Prefixes(writes, ({ sentMs }) => sentMs);
    this.#acknowledged = new Prefixes(acknowledged, ({ answeredMs }) => answeredMs);
    this.#direct = new Prefixes(
      acknowledged.filter(({ op }) => op.type === "ok"),
      ({ answeredMs }) => answeredMs,
    );
  }

  /** Of the writes that had to show: see `isDue`. */
  due({ look, sentMs }: KeySight): Sum {
    const isComplete = look !== undefined && this.#drained;
    return (isComplete ? this.#acknowledged : this.#direct).until((timeMs) => timeMs < sentMs);
  }

  /** Of the writes that may show: see `isPossible`. */
  possible({ answeredMs }: KeySight): Sum {
    return this.#sent.until((timeMs) => timeMs <= answeredMs);
  }
}

class Prefixes {
  readonly #timesMs: readonly number[];
  readonly #sums: readonly Sum[];

  constructor(writes: readonly KeyWrite<Add>[], timeOf: (write: KeyWrite<Add>) => number) {
    const sorted = [...writes].sort((a, b) => timeOf(a) - timeOf(b));
    const sums: Sum[] = [{ count: 0, up: 0, down: 0 }];
    let [up, down] = [0, 0];
    for (const { effect } of sorted) {
      up += Math.max(effect.add, 0);
      down += Math.min(effect.add, 0);
      sums.push({ count: sums.length, up, down });
    }
    this.#timesMs = sorted.map(timeOf);
    this.#sums = sums;
  }

  /** Of those at the beginning for which the condition is true. */
  until(condition: (timeMs: number) => boolean): Sum {
    let [low, high] = [0, this.#timesMs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (condition(this.#timesMs[middle] ?? Infinity)) low = middle + 1;
      else high = middle;
    }
    return this.#sums[low] as Sum;
  }
}
