import type { Answer, App, Effect, Workload } from "../workload-contract.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { assertEffects, describeEffect, toText } from "./effects.ts";
import { isEmpty } from "./pending-watch.ts";
import { classify } from "./recorder.ts";
import { isIn, readStores } from "./stores.ts";
import type { Placement, Stores } from "./stores.ts";
import { until, UntilError } from "./until.ts";

export interface SelfTestOptions {
  readonly keyPrefix: string;
  /** For one request. */
  readonly timeoutMs: number;
  /** For what was acknowledged to show. */
  readonly deadlineMs: number;
}

/** Where one effect shows, of the stores in which it may. */
interface Showing {
  readonly effect: Effect;
  readonly in: readonly string[];
  readonly notIn: readonly string[];
}

/**
 * Tries a workload before any fault, so that one that is wrong is a sentence and not a verdict: what is
 * acknowledged shows in the truth and in a read, what is never sent or refused does not, and a second
 * write of a key is told from the first.
 *
 * @returns how the stores share the keys
 * @throws CannotRunError
 */
export async function testWorkload(
  workload: Workload,
  app: App,
  options: SelfTestOptions,
): Promise<Placement> {
  const { keyPrefix } = options;
  const tester = new Tester(workload, app, options);
  const before = await readStores(workload, app);
  const unsent = tester.effectsOf(workload.next(`${keyPrefix}self-test-unsent`, 1));
  const key = `${keyPrefix}self-test`;
  tester.assertTellable(key);
  const first = await tester.acknowledged(key, 1);
  const placement = await tester.untilShown(first, before);
  const second = await tester.acknowledged(key, 2);
  await tester.untilShown([...first, ...second], before);
  const [shown] = second;
  if (workload.read && shown) await tester.assertRead(shown);
  await tester.assertRefuses(before);
  await tester.assertAbsent(unsent, before, "was never sent");
  if (workload.read) await tester.assertReadsNothing(`${keyPrefix}self-test-never`);
  return placement;
}

class Tester {
  readonly #workload: Workload;
  readonly #app: App;
  readonly #options: SelfTestOptions;

  constructor(workload: Workload, app: App, options: SelfTestOptions) {
    this.#workload = workload;
    this.#app = app;
    this.#options = options;
  }

  effectsOf(write: unknown, answer?: Answer): readonly Effect[] {
    try {
      const effects = this.#workload.effects(write, answer);
      assertEffects(effects);
      return effects;
    } catch (error) {
      throw wrong(error instanceof Error ? error.message : String(error));
    }
  }

  /** Two writes of a register that put the same cannot be told apart. */
  assertTellable(key: string): void {
    const [one, other] = [1, 2].map((n) => this.effectsOf(this.#workload.next(key, n)));
    const puts = one?.some((effect) => "put" in effect);
    if (puts && JSON.stringify(one) === JSON.stringify(other))
      throw wrong(
        `next makes writes 1 and 2 of a key with equal effects (${JSON.stringify(one)}); no two writes of a run may be equal.`,
      );
  }

  /** @returns the effects of a write that was acknowledged */
  async acknowledged(key: string, n: number): Promise<readonly Effect[]> {
    const { deadlineMs } = this.#options;
    let write: unknown;
    let answer: Answer | undefined;
    let attempt = 0;
    try {
      await until(
        "a write is acknowledged",
        async () => {
          write = this.#workload.next(attempt++ === 0 ? key : `${key}-${String(attempt)}`, n);
          answer = await this.send(write);
          return (
            this.isAcknowledged(answer, write) ||
            `${String(answer.status)} ${answer.body.slice(0, 300)}`
          );
        },
        { deadlineMs, accept: (seen) => seen === true, signal: this.#app.signal },
      );
    } catch (error) {
      if (!(error instanceof UntilError)) throw error;
      throw new CannotRunError(
        `The application takes no write of the workload's, without any fault. ${error.message}`,
      );
    }
    const effects = this.effectsOf(write, answer);
    if (effects.length === 0)
      throw wrong(
        `effects returned nothing for a write that was acknowledged (${answer?.body.slice(0, 200) ?? ""}), so that its loss would never show.`,
      );
    return effects;
  }

  /** Waits until the truth has these effects, over what it had before. */
  async untilShown(effects: readonly Effect[], before: Stores): Promise<Placement> {
    let showings: readonly Showing[] = [];
    let stores: Stores = {};
    try {
      const placement = await until(
        "the truth shows what was acknowledged",
        async () => {
          const pending = (await this.#workload.pending?.(this.#app)) ?? {};
          if (!isEmpty(pending)) return undefined;
          stores = await readStores(this.#workload, this.#app);
          showings = lastOfEach(effects).map((effect) =>
            showingOf(effect, stores, expectedOf(effect, effects), before),
          );
          return placementOf(showings, Object.keys(stores));
        },
        { deadlineMs: this.#options.deadlineMs, signal: this.#app.signal },
      );
      return placement ?? "every";
    } catch (error) {
      if (!(error instanceof UntilError)) throw error;
      throw explain(showings, stores);
    }
  }

  async assertRead(effect: Effect): Promise<void> {
    const read = async () => {
      const answer = await this.#workload.read?.(effect.key, this.#app);
      const found = toText(answer?.found);
      if ("put" in effect) return found === effect.put || (found ?? "nothing");
      return (
        ("remove" in effect ? found === undefined : found !== undefined) || (found ?? "nothing")
      );
    };
    await until("a read finds what was acknowledged", read, {
      deadlineMs: this.#options.deadlineMs,
      accept: (seen) => seen === true,
      signal: this.#app.signal,
    }).catch((error: unknown) => {
      if (!(error instanceof UntilError)) throw error;
      throw wrong(
        `read does not find what was acknowledged for ${effect.key} (${describeEffect(effect)}): ${error.message}`,
      );
    });
  }

  async assertReadsNothing(key: string): Promise<void> {
    const answer = await this.#workload.read?.(key, this.#app);
    const { found } = answer ?? {};
    const isNothing =
      found === undefined || found === 0 || (Array.isArray(found) && found.length === 0);
    if (!isNothing)
      throw wrong(`read finds ${String(toText(found))} for ${key}, which was never written.`);
  }

  async assertRefuses(before: Stores): Promise<void> {
    const { refused } = this.#workload;
    if (!refused) return;
    const write = refused.call(this.#workload, `${this.#options.keyPrefix}self-test-refused`);
    const answer = await this.send(write);
    const result = this.resultOf(answer, write);
    if (result !== "fail")
      throw wrong(
        `a write that has to be refused was answered with ${String(answer.status)}, which counts as ${result}, not as fail.`,
      );
    await this.assertAbsent(this.effectsOf(write), before, "was refused");
  }

  async assertAbsent(effects: readonly Effect[], before: Stores, why: string): Promise<void> {
    const stores = await readStores(this.#workload, this.#app);
    for (const effect of effects)
      for (const [store, found] of Object.entries(stores)) {
        if (!isIn(effect, store) || "remove" in effect) continue;
        const now = toText(found.get(effect.key));
        if (now !== undefined && now !== toText(before[store]?.get(effect.key)))
          throw wrong(`truth has ${effect.key} in ${store} (${now}), which ${why}.`);
      }
  }

  private isAcknowledged(answer: Answer, write: unknown): boolean {
    const result = this.resultOf(answer, write);
    if (result === "queued" && !this.#workload.pending)
      throw wrong(
        "a write was queued, and the workload has no `pending`, which says what it still waits in.",
      );
    return result === "ok" || result === "queued";
  }

  private resultOf(answer: Answer, write: unknown) {
    return this.#workload.result?.(answer, write) ?? classify(answer);
  }

  private send(write: unknown): Promise<Answer> {
    const signal = AbortSignal.any([
      this.#app.signal,
      AbortSignal.timeout(this.#options.timeoutMs),
    ]);
    return this.#workload.send(write, { ...this.#app, signal });
  }
}

/** Of several effects on one key in one store the last says what is there. */
function lastOfEach(effects: readonly Effect[]): Effect[] {
  return [
    ...new Map(effects.map((effect) => [JSON.stringify([effect.key, effect.in]), effect])).values(),
  ];
}

/** All effects on the key of this one. */
function expectedOf({ key, in: store }: Effect, effects: readonly Effect[]): readonly Effect[] {
  return effects.filter((each) => each.key === key && each.in === store);
}

function showingOf(
  effect: Effect,
  stores: Stores,
  all: readonly Effect[],
  before: Stores,
): Showing {
  const possible = Object.keys(stores).filter((store) => isIn(effect, store));
  const isShown = (store: string) => {
    const found = stores[store]?.get(effect.key);
    if ("put" in effect) return toText(found) === effect.put;
    if ("remove" in effect) return found === undefined;
    if ("append" in effect)
      return all.every(
        (each) => "append" in each && Array.isArray(found) && found.includes(each.append),
      );
    const added = all.reduce((sum, each) => sum + ("add" in each ? each.add : 0), 0);
    return (
      Math.abs(Number(found ?? NaN) - Number(before[store]?.get(effect.key) ?? 0) - added) < 1e-9
    );
  };
  return {
    effect,
    in: possible.filter(isShown),
    notIn: possible.filter((store) => !isShown(store)),
  };
}

/** Undefined while something does not show. */
function placementOf(
  showings: readonly Showing[],
  stores: readonly string[],
): Placement | undefined {
  if (showings.every(({ notIn, in: there }) => notIn.length === 0 && there.length > 0))
    return "every";
  const isOne = showings.every(({ in: there }) => there.length === 1);
  const used = new Set(showings.flatMap(({ in: there }) => there));
  return isOne && showings.length > 1 && used.size === stores.length ? "one" : undefined;
}

function explain(showings: readonly Showing[], stores: Stores): CannotRunError {
  const missing = showings.find(({ notIn }) => notIn.length > 0);
  if (!missing)
    return new CannotRunError(
      "What the workload calls pending does not become nothing, without any fault.",
    );
  const { effect, notIn } = missing;
  const store = notIn[0] ?? "truth";
  const found = toText(stores[store]?.get(effect.key)) ?? "nothing";
  return wrong(
    `truth does not show what was acknowledged: ${store} has ${found} for ${effect.key}, and the write was ${describeEffect(effect)}. ` +
      "If the effect shows in another store only, say which with `in`.",
  );
}

function wrong(what: string): CannotRunError {
  return new CannotRunError(`The workload is wrong: ${what}`);
}
