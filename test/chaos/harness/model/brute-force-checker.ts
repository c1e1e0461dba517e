import type { Op } from "../../../../chaos/harness/history.ts";

/** One key's history, with times that are whole numbers. */
export interface SmallHistory {
  readonly ops: readonly Op[];
  readonly initial: string | undefined;
  readonly looks: readonly Look[];
  /** Values that were found in the dead-letter queue. */
  readonly deadLetters: readonly string[];
  readonly drained: boolean;
  readonly clockErrorMs: number;
}

export interface Look {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: string | undefined;
}

interface Write {
  readonly from: number;
  /** Infinity for `info`: accepted at any time from its sending on, or never. */
  readonly to: number;
  readonly type: "ok" | "queued" | "info";
  readonly value: string | undefined;
  readonly mayBeGivenUp: boolean;
}

interface Observation {
  readonly from: number;
  readonly to: number;
  readonly value: string | undefined;
  readonly isLook: boolean;
}

/**
 * Says whether a history of at most six requests is legal, by trying everything that docs/history-model.md
 * allows: it lets time pass point by point, and at each one any write may be accepted or applied and any
 * observation take place. Knows nothing of the harness's checker.
 *
 * @param excuse whether a write that is in the dead-letter queue need not be applied
 */
export function isLegal(history: SmallHistory, excuse = false): boolean {
  const letters = excuse ? history.deadLetters : [];
  const error = history.clockErrorMs;
  const writes: Write[] = [];
  const observations: Observation[] = [];
  for (const { kind, type, status, value, invokeMs, endMs } of history.ops)
    if (kind === "write") {
      if (type !== "fail")
        writes.push({
          from: invokeMs - error,
          to: type === "info" ? Infinity : endMs + error,
          type,
          value,
          mayBeGivenUp: value !== undefined && letters.includes(value),
        });
    } else if (type === "ok" || (type === "fail" && status === 404))
      observations.push({ from: invokeMs - error, to: endMs + error, value, isLook: false });
  for (const { startMs, endMs, value } of history.looks)
    observations.push({ from: startMs, to: endMs, value, isLook: true });
  return new Exploration(writes, observations, history).reachesEnd();
}

/** Everything of which the future depends. */
interface State {
  /** Index into the points in time. */
  readonly at: number;
  /** Writes in the order of acceptance. */
  readonly accepted: readonly number[];
  /** Bit sets of writes and of observations. */
  readonly applied: number;
  readonly observed: number;
}

class Exploration {
  readonly #writes: readonly Write[];
  readonly #observations: readonly Observation[];
  readonly #initial: string | undefined;
  readonly #drained: boolean;
  readonly #times: readonly number[];
  readonly #seen = new Set<number>();

  constructor(writes: Write[], observations: Observation[], history: SmallHistory) {
    this.#writes = writes;
    this.#observations = observations;
    this.#initial = history.initial;
    this.#drained = history.drained;
    const ends = [...writes, ...observations].flatMap(({ from, to }) => [from, to]);
    this.#times = [...new Set(ends)].filter(Number.isFinite).sort((a, b) => a - b);
  }

  reachesEnd(state: State = { at: 0, accepted: [], applied: 0, observed: 0 }): boolean {
    const code = this.code(state);
    if (this.#seen.has(code)) return false;
    this.#seen.add(code);
    const time = this.#times[state.at];
    if (time === undefined) return true;
    return (
      this.#observations.some((_, index) => this.observe(state, index, time)) ||
      this.#writes.some((_, index) => this.accept(state, index, time)) ||
      state.accepted.some((index) => this.apply(state, index)) ||
      this.letTimePass(state, time)
    );
  }

  private observe(state: State, index: number, time: number): boolean {
    const { from, to, value } = this.#observations[index] as Observation;
    if (has(state.observed, index) || time < from || time > to) return false;
    if (this.shown(state) !== value) return false;
    return this.reachesEnd({ ...state, observed: add(state.observed, index) });
  }

  private accept(state: State, index: number, time: number): boolean {
    const { from, to } = this.#writes[index] as Write;
    if (state.accepted.includes(index) || time < from || time > to) return false;
    return this.reachesEnd({ ...state, accepted: [...state.accepted, index] });
  }

  private apply(state: State, index: number): boolean {
    if (has(state.applied, index)) return false;
    return this.reachesEnd({ ...state, applied: add(state.applied, index) });
  }

  private letTimePass(state: State, time: number): boolean {
    const { accepted, applied, observed } = state;
    const tooLate =
      this.#writes.some(
        ({ to, type }, index) =>
          to <= time && !(type === "ok" ? has(applied, index) : accepted.includes(index)),
      ) || this.#observations.some(({ to }, index) => to <= time && !has(observed, index));
    const at = state.at + 1;
    return !tooLate && this.mayBegin(this.#times[at], state) && this.reachesEnd({ ...state, at });
  }

  private shown({ accepted, applied }: State): string | undefined {
    const index = accepted.findLast((each) => has(applied, each));
    return index === undefined ? this.#initial : this.#writes[index]?.value;
  }

  /** A look begins only when everything that the queue took before has been applied. */
  private mayBegin(time: number | undefined, { applied }: State): boolean {
    const looks = this.#observations.filter(({ isLook, from }) => isLook && from === time);
    return looks.every(
      ({ from }) =>
        !this.#drained ||
        this.#writes.every(
          ({ type, to, mayBeGivenUp }, index) =>
            type !== "queued" || to >= from || mayBeGivenUp || has(applied, index),
        ),
    );
  }

  private code({ at, accepted, applied, observed }: State): number {
    const order = accepted.reduce((sum, index) => sum * 8 + index + 1, 0);
    return ((order * 64 + applied) * 256 + observed) * 32 + at;
  }
}

function has(set: number, index: number): boolean {
  return (set & (1 << index)) !== 0;
}

function add(set: number, index: number): number {
  return set | (1 << index);
}
