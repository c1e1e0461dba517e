import { effectsOf } from "./effects.ts";
import type { History } from "./history.ts";

/** The keys of a history that only grows. */
export class WrittenKeys {
  readonly #history: History;
  readonly #keys = new Set<string>();
  #seen = 0;

  constructor(history: History) {
    this.#history = history;
  }

  has(key: string): boolean {
    const { ops } = this.#history;
    for (; this.#seen < ops.length; this.#seen += 1) {
      const op = ops[this.#seen];
      if (op) for (const effect of effectsOf(op)) this.#keys.add(effect.key);
    }
    return this.#keys.has(key);
  }
}
