import type { Phase } from "./history.ts";
import type { Workload } from "../workload-contract.ts";
import { modelOf } from "./effects.ts";
import type { Random } from "./random.ts";
import type { PlannedWrite } from "./recorder.ts";

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
export type Turn = readonly (readonly PlannedWrite[])[];

/** Keys that are written in one turn and never again, by how many steps the turn has. */
type ShortLived = "once" | "chain";
type KeyClass = ShortLived | "hot" | "handover" | "fault-only";

/** Of a hundred writes. During the fault most go to keys whose last acknowledged write was queued. */
const shares: Record<Phase, Readonly<Record<KeyClass, number>>> = {
  before: { once: 25, chain: 20, hot: 25, handover: 30, "fault-only": 0 },
  during: { once: 70, chain: 9, hot: 5, handover: 8, "fault-only": 8 },
  after: { once: 30, chain: 20, hot: 50, handover: 0, "fault-only": 0 },
};

/**
 * Counters and lists keep every write, so that each of them can show its loss on any key; what loses
 * them are writes of one key at the same time.
 */
const accumulatingShares: typeof shares = {
  before: { once: 10, chain: 20, hot: 40, handover: 30, "fault-only": 0 },
  during: { once: 10, chain: 20, hot: 35, handover: 15, "fault-only": 20 },
  after: { once: 10, chain: 20, hot: 70, handover: 0, "fault-only": 0 },
};

/** Of the writes of a hot key that may be repeats. */
const againShare = 0.5;

export interface KeyPlanOptions {
  /** Begins every key, so that runs on one stack do not meet. */
  readonly prefix: string;
  readonly counts: KeyCounts;
  /** Says which keys are written in which order. What is written is the workload's. */
  readonly random: Random;
  readonly workload: Pick<Workload, "next" | "effects">;
}

/**
 * What is written next. Every acknowledged write of a key gets the chance to show that it was lost:
 * most keys are written in one turn and never again. All of it comes from the seed: the n-th turn, and
 * the n-th write of a key, are the same in every run with the same seed and phases.
 */
export class KeyPlan {
  readonly #options: KeyPlanOptions;
  readonly #turns: Random;
  readonly #writesOf = new Map<string, number>();
  readonly #firstOf = new Map<string, PlannedWrite>();
  /** The last write of a key and the one before it, of those that have been sent once. */
  readonly #latestOf = new Map<string, readonly (PlannedWrite | undefined)[]>();
  readonly #next = { once: 0, chain: 0, hot: 0, handover: 0, "fault-only": 0 };
  #accumulates: boolean | undefined;

  constructor(options: KeyPlanOptions) {
    this.#options = options;
    this.#turns = options.random.fork("turns");
  }

  next(phase: Phase): Turn {
    const kind = this.pickClass(phase);
    const number = this.#next[kind]++;
    switch (kind) {
      case "once":
        return [[this.write(this.key(kind, number))]];
      case "chain":
        return this.chain(this.key(kind, number));
      case "fault-only": {
        const key = this.key(kind, number % this.#options.counts.faultOnly);
        // Every third time two writes at once, whose order nobody can tell.
        if (number % 3 === 2) return [[this.write(key), this.write(key)]];
        return [[this.repeatOrWrite(key)]];
      }
      case "hot":
        return [[this.againOrWrite(this.key(kind, number % this.#options.counts[kind]))]];
      default:
        return [[this.write(this.key(kind, number % this.#options.counts[kind]))]];
    }
  }

  /**
   * On a key that has been written twice, in half of the cases what was written first, again: whoever
   * takes it for a duplicate leaves an older value there. Seconds lie between the two, so that they come
   * in different batches.
   */
  private repeatOrWrite(key: string): PlannedWrite {
    const first = this.#firstOf.get(key);
    const isRepeat =
      first !== undefined &&
      (this.#writesOf.get(key) ?? 0) >= 2 &&
      !this.accumulates &&
      this.#turns.chance(0.5);
    if (isRepeat) return first;
    const write = this.write(key);
    if (first === undefined) this.#firstOf.set(key, write);
    return write;
  }

  /**
   * On a key that is written all the time, now and then what it was given before its last write, once
   * more: whoever remembers what it has put itself, and not what others have, leaves the last one there.
   */
  private againOrWrite(key: string): PlannedWrite {
    const [last, before] = this.#latestOf.get(key) ?? [];
    if (before !== undefined && !this.accumulates && this.#turns.chance(againShare)) {
      this.#latestOf.set(key, []);
      return before;
    }
    const write = this.write(key);
    this.#latestOf.set(key, [write, last]);
    return write;
  }

  /** The last write of every handover key that `isFree`. */
  handOver(isFree: (key: string) => boolean): PlannedWrite[] {
    return Array.from({ length: this.#options.counts.handover }, (_, index) =>
      this.key("handover", index),
    )
      .filter(isFree)
      .map((key) => this.write(key));
  }

  private pickClass(phase: Phase): KeyClass {
    const { hot, handover, faultOnly } = this.#options.counts;
    const counts: Partial<Record<KeyClass, number>> = { hot, handover, "fault-only": faultOnly };
    const table = this.accumulates ? accumulatingShares : shares;
    const possible = (Object.entries(table[phase]) as [KeyClass, number][]).filter(
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
    const one = () => [this.write(key)];
    const first = one();
    return this.#turns.pick([
      () => [first, one()],
      () => [first, one(), one()],
      // A write that accumulates is another one when it is sent again.
      () => [first, one(), this.accumulates ? one() : first],
      () => [first, one(), one(), this.accumulates ? one() : first],
      () => [[...first, ...one()], one()],
      () => [first, [...one(), ...one()]],
    ])();
  }

  private key(kind: KeyClass, number: number): string {
    return `${this.#options.prefix}${kind}-${String(number)}`;
  }

  private write(key: string): PlannedWrite {
    const number = (this.#writesOf.get(key) ?? 0) + 1;
    this.#writesOf.set(key, number);
    return { key, write: this.#options.workload.next(key, number) };
  }

  /** Whether the workload counts or lists, as a write that is never sent shows. */
  private get accumulates(): boolean {
    const { workload, prefix } = this.#options;
    this.#accumulates ??= workload
      .effects(workload.next(`${prefix}shape`, 1))
      .some((effect) => modelOf(effect) !== "register");
    return this.#accumulates;
  }
}
