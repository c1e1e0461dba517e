import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Repeatable dice: the same seed rolls the same numbers, on every machine. */
export class Random {
  readonly seed: string;
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: string) {
    this.seed = seed;
    this.#generator = xoroshiro128plus(createHash("sha256").update(seed).digest().readInt32LE());
  }

  /** Dice for one purpose, which do not depend on how often any others have been rolled. */
  fork(purpose: string): Random {
    return new Random(`${this.seed}/${purpose}`);
  }

  /** Returns a number in [0, 1). */
  next(): number {
    return uniformFloat64(this.#generator);
  }

  /** Returns a whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return uniformInt(this.#generator, min, max);
  }

  /** @param share in [0, 1] */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError("There is nothing to pick from.");
    return from[this.int(0, from.length - 1)] as T;
  }

  /** Returns `count` decimal digits, the first of them not 0. */
  digits(count: number): string {
    return Array.from({ length: count }, (_, at) => this.int(at === 0 ? 1 : 0, 9)).join("");
  }
}
