import type { Phase } from "../harness/history.ts";
import { KeyPlan } from "../harness/key-plan.ts";
import type { KeyPlanOptions, Turn } from "../harness/key-plan.ts";

/** Of the turns, those that go to keys that all workers write. */
const sharedShare = 0.1;

export interface SharedKeys {
  readonly prefix: string;
  /** 0 for none. */
  readonly count: number;
  /** From 1 on. */
  readonly worker: number;
  readonly workers: number;
}

/** What a worker writes next: keys that no other worker writes, and some that all of them do. */
export class FleetPlan extends KeyPlan {
  readonly #options: KeyPlanOptions;
  readonly #shared: SharedKeys;
  readonly #written: Map<string, number>;

  /** @param written how often this worker has written each shared key, in plans before this one too */
  constructor(options: KeyPlanOptions, shared: SharedKeys, written: Map<string, number>) {
    super(options);
    this.#options = { ...options, random: options.random.fork("shared") };
    this.#shared = shared;
    this.#written = written;
  }

  override next(phase: Phase): Turn {
    const { random, workload } = this.#options;
    const { prefix, count, worker, workers } = this.#shared;
    if (count === 0 || !random.chance(sharedShare)) return super.next(phase);
    const key = `${prefix}${String(random.int(0, count - 1))}`;
    const number = this.#written.get(key) ?? 0;
    this.#written.set(key, number + 1);
    // No two workers make an equal write.
    return [[{ key, write: workload.next(key, number * workers + worker) }]];
  }
}
