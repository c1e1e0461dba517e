import type { Product } from "./product.ts";

export interface KeyCounts {
  /** Keys that are written again and again, in every phase. */
  readonly hot: number;
  /**
   * Keys that are written until the fault stops, once more right after it, and never again: what was
   * queued arrives later than that last write, and must not win.
   */
  readonly handover: number;
}

/**
 * Which product the next write carries. A quarter of the writes go to keys that are written once, so
 * that a lost one leaves a gap; a quarter to handover keys; the rest to hot keys. Every payload is
 * sent once, so that a value tells which write it came from.
 */
export class KeyPlan {
  readonly #prefix: string;
  readonly #counts: KeyCounts;
  readonly #next = { hot: 0, handover: 0, once: 0 };
  #writes = 0;
  #handedOver = false;

  /** @param prefix begins every key, so that runs on one stack do not meet */
  constructor(prefix: string, counts: KeyCounts) {
    this.#prefix = prefix;
    this.#counts = counts;
  }

  next(): Product {
    const turn = this.#writes % 4;
    if (turn === 0) return this.product(`once-${String(this.#next.once++)}`);
    if (turn === 2 && !this.#handedOver) {
      const index = this.#next.handover++ % this.#counts.handover;
      return this.product(`handover-${String(index)}`);
    }
    return this.product(`hot-${String(this.#next.hot++ % this.#counts.hot)}`);
  }

  /** The last write of every handover key that `isFree`; after this they are not written again. */
  handOver(isFree: (key: string) => boolean): Product[] {
    this.#handedOver = true;
    return Array.from({ length: this.#counts.handover }, (_, index) => `handover-${String(index)}`)
      .filter((name) => isFree(`${this.#prefix}${name}`))
      .map((name) => this.product(name));
  }

  private product(name: string): Product {
    const write = this.#writes++;
    const price = (write / 100).toFixed(2);
    return {
      id: `${this.#prefix}${name}`,
      name: `Drill product ${name}`,
      price: write % 2 === 0 ? price : Number(price),
      description: `Write ${String(write)} of ${this.#prefix.replace(/-$/, "")}`,
    };
  }
}
