import type { Phase } from "./history.ts";
import { makeProduct } from "./make-product.ts";
import { oddKeyEnds } from "./odd-values.ts";
import type { Product } from "./product.ts";
import type { Random } from "./random.ts";

export interface KeyCounts {
  /** Keys that are written again and again, in every phase. */
  readonly hot: number;
  /**
   * Keys that are written until the fault stops, once more right after it, and never again: what was
   * queued arrives later than that last write, and must not win.
   */
  readonly handover: number;
  /**
   * Keys that are written several times while the fault is in effect, also twice at once, and never
   * outside it: they end with a queued write after several queued ones.
   */
  readonly faultOnly: number;
}

/**
 * Writes of one key: those of a step are sent at the same time, and a step is sent once every write
 * of the step before has been answered.
 */
export type Turn = readonly (readonly Product[])[];

/** Keys that are written in one turn and never again, by how many steps the turn has. */
type ShortLived = "once" | "chain";
type KeyClass = ShortLived | "hot" | "handover" | "fault-only";

/** Of a hundred writes. During the fault most go to keys whose last acknowledged write was queued. */
const shares: Record<Phase, Readonly<Record<KeyClass, number>>> = {
  before: { once: 25, chain: 20, hot: 25, handover: 30, "fault-only": 0 },
  during: { once: 70, chain: 9, hot: 5, handover: 8, "fault-only": 8 },
  after: { once: 30, chain: 20, hot: 50, handover: 0, "fault-only": 0 },
};

const oddKeyShare = 0.25;
/** Bytes of the longest keys: DynamoDB takes 2,048. */
const longKeyBytes = 2_000;
const longKeyShare = 0.01;

/**
 * Which products are written next. Every acknowledged write of a key gets the chance to show that it
 * was lost: most keys are written in one turn and never again. All of it comes from the seed: the
 * n-th turn, and the n-th write of a key, are the same in every run with the same seed and phases.
 */
export class KeyPlan {
  readonly #prefix: string;
  readonly #counts: KeyCounts;
  readonly #random: Random;
  readonly #turns: Random;
  readonly #writesOf = new Map<string, number>();
  readonly #next = { once: 0, chain: 0, hot: 0, handover: 0, "fault-only": 0 };

  /** @param prefix begins every key, so that runs on one stack do not meet */
  constructor(prefix: string, counts: KeyCounts, random: Random) {
    this.#prefix = prefix;
    this.#counts = counts;
    this.#random = random;
    this.#turns = random.fork("turns");
  }

  next(phase: Phase): Turn {
    const kind = this.pickClass(phase);
    const number = this.#next[kind]++;
    switch (kind) {
      case "once":
        return [[this.product(this.newKey(kind, number))]];
      case "chain":
        return this.chain(this.newKey(kind, number));
      case "fault-only": {
        const key = this.key(kind, number % this.#counts.faultOnly);
        // Every third time two writes at once, whose order nobody can tell.
        return [number % 3 === 2 ? [this.product(key), this.product(key)] : [this.product(key)]];
      }
      default:
        return [[this.product(this.key(kind, number % this.#counts[kind]))]];
    }
  }

  /** The last write of every handover key that `isFree`. */
  handOver(isFree: (key: string) => boolean): Product[] {
    return Array.from({ length: this.#counts.handover }, (_, index) => this.key("handover", index))
      .filter(isFree)
      .map((key) => this.product(key));
  }

  private pickClass(phase: Phase): KeyClass {
    const { hot, handover, faultOnly } = this.#counts;
    const counts: Partial<Record<KeyClass, number>> = { hot, handover, "fault-only": faultOnly };
    const possible = (Object.entries(shares[phase]) as [KeyClass, number][]).filter(
      ([kind, share]) => share > 0 && counts[kind] !== 0,
    );
    let at = this.#turns.int(
      1,
      possible.reduce((sum, [, share]) => sum + share, 0),
    );
    return (possible.find(([, share]) => (at -= share) <= 0) ?? ["once", 0])[0];
  }

  /** Back-to-back writes of a new key: some repeat an earlier payload, some are sent two at once. */
  private chain(key: string): Turn {
    const one = () => [this.product(key)];
    const first = one();
    return this.#turns.pick([
      () => [first, one()],
      () => [first, one(), one()],
      () => [first, one(), first],
      () => [first, one(), one(), first],
      () => [[...first, ...one()], one()],
      () => [first, [...one(), ...one()]],
    ])();
  }

  private newKey(kind: ShortLived, number: number): string {
    const random = this.#random.fork(`key/${kind}/${String(number)}`);
    const key = this.key(kind, number);
    if (random.chance(longKeyShare)) return key.padEnd(longKeyBytes, "-long");
    return random.chance(oddKeyShare) ? `${key}${random.pick(oddKeyEnds)}` : key;
  }

  private key(kind: KeyClass, number: number): string {
    return `${this.#prefix}${kind}-${String(number)}`;
  }

  private product(id: string): Product {
    const number = (this.#writesOf.get(id) ?? 0) + 1;
    this.#writesOf.set(id, number);
    const label = `${id.slice(0, 60)} no. ${String(number)}`;
    return makeProduct({ id, label }, this.#random.fork(`write/${id}/${String(number)}`));
  }
}
