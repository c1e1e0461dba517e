interface Entry {
  readonly dueMs: number;
  readonly id: string;
}

/** Entries above twice the messages that wait, plus this, are of messages that no longer do. */
const slack = 1_024;

/**
 * When messages become visible: a binary heap of moments. What is set again, or no longer waits,
 * leaves its entry behind; `dueOf` says which entries still count.
 */
export class Timeline {
  #heap: Entry[] = [];
  readonly #dueOf: (id: string) => number | undefined;

  /** @param dueOf the moment that a message waits for, in milliseconds; `undefined` for none */
  constructor(dueOf: (id: string) => number | undefined) {
    this.#dueOf = dueOf;
  }

  add(id: string, dueMs: number, waiting: number): void {
    if (this.#heap.length > 2 * waiting + slack) {
      this.#heap = this.#heap.filter((entry) => this.#counts(entry));
      this.#heap.sort((one, other) => one.dueMs - other.dueMs);
    }
    const heap = this.#heap;
    let at = heap.length;
    const entry = { dueMs, id };
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || parent.dueMs <= dueMs) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  /** The first message whose moment is not after `nowMs`; it no longer waits. */
  takeDue(nowMs: number): string | undefined {
    const next = this.#first();
    if (!next || next.dueMs > nowMs) return undefined;
    this.#removeFirst();
    return next.id;
  }

  /** The moment at which the next message becomes visible; Infinity when none waits. */
  nextMs(): number {
    return this.#first()?.dueMs ?? Infinity;
  }

  clear(): void {
    this.#heap = [];
  }

  #counts({ id, dueMs }: Entry): boolean {
    return this.#dueOf(id) === dueMs;
  }

  #first(): Entry | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || this.#counts(first)) return first;
      this.#removeFirst();
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const a = heap[left];
      const b = heap[right];
      const [below, child] = a && b && b.dueMs < a.dueMs ? [right, b] : [left, a];
      if (!child || child.dueMs >= last.dueMs) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}
