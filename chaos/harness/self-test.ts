import type { Answer, App, Effect, Found, Workload } from "../workload-contract.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { assertEffects, describeEffect, modelOf, toText } from "./effects.ts";
import type { Model } from "./effects.ts";
import { isEmpty } from "./pending-watch.ts";
import type { Pending } from "./pending-watch.ts";
import { classifyAnswer } from "./classify-answer.ts";
import { isIn, readStores } from "./stores.ts";
import type { Placement, Stores } from "./stores.ts";
import { explainShowings, isShownBy, placementOf, showingsOf, wrong } from "./showing.ts";
import type { Showing } from "./showing.ts";
import { until, UntilError } from "./until.ts";

export interface SelfTestOptions {
  readonly keyPrefix: string;
  /** For one request. */
  readonly timeoutMs: number;
  /** For what was acknowledged to show. */
  readonly deadlineMs: number;
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
  const before = await tester.before();
  const unsent = tester.effectsOf(tester.next(`${keyPrefix}self-test-unsent`, 1));
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
  readonly #models = new Map<string, Model>();
  /** Those of acknowledged writes. */
  readonly #written = new Set<string>();

  constructor(workload: Workload, app: App, options: SelfTestOptions) {
    this.#workload = workload;
    this.#app = app;
    this.#options = options;
  }

  async before(): Promise<Stores> {
    try {
      return await readStores(this.#workload, this.#app);
    } catch (error) {
      this.#app.signal.throwIfAborted();
      throw error instanceof CannotRunError ? error : wrong(`truth throws "${String(error)}".`);
    }
  }

  next(key: string, n: number): unknown {
    return withoutThrowing(`next, for write ${String(n)} of ${key},`, () =>
      this.#workload.next(key, n),
    );
  }

  effectsOf(write: unknown, answer?: Answer): readonly Effect[] {
    const when = answer ? ", after the answer," : "";
    const effects: unknown = withoutThrowing(`effects${when}`, () =>
      this.#workload.effects(write, answer),
    );
    try {
      assertEffects(effects);
    } catch (error) {
      throw wrong((error as Error).message);
    }
    this.assertOneModel(effects);
    return effects;
  }

  private assertOneModel(effects: readonly Effect[]): void {
    for (const effect of effects) {
      const model = modelOf(effect);
      const other = this.#models.get(effect.key) ?? model;
      if (other !== model)
        throw wrong(
          `the effects on ${effect.key} are of a ${other} and of a ${model}; a key is one of them.`,
        );
      this.#models.set(effect.key, model);
    }
  }

  /** Two writes that put, or append, the same cannot be told apart. */
  assertTellable(key: string): void {
    const [one, other] = [1, 2].map((n) => this.effectsOf(this.next(key, n)));
    const tells = one?.some((effect) => "put" in effect || "append" in effect);
    if (tells && JSON.stringify(one) === JSON.stringify(other))
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
          write = this.next(attempt++ === 0 ? key : `${key}-${String(attempt)}`, n);
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
    for (const effect of effects) this.#written.add(effect.key);
    return effects;
  }

  /** Waits until the truth has these effects, over what it had before. */
  async untilShown(effects: readonly Effect[], before: Stores): Promise<Placement> {
    let showings: readonly Showing[] = [];
    let stores: Stores = {};
    let pending: Pending = {};
    try {
      const placement = await until(
        "the truth shows what was acknowledged",
        async () => {
          pending = (await this.#workload.pending?.(this.#app)) ?? {};
          if (!isEmpty(pending)) return undefined;
          stores = await readStores(this.#workload, this.#app);
          showings = showingsOf(effects, stores, before);
          return placementOf(showings, Object.keys(stores));
        },
        { deadlineMs: this.#options.deadlineMs, signal: this.#app.signal },
      );
      return placement ?? "every";
    } catch (error) {
      if (!(error instanceof UntilError)) throw error;
      if (showings.length > 0) throw explainShowings(showings, stores);
      if (isEmpty(pending)) throw wrong(`truth or pending cannot be read. ${error.message}`);
      throw new CannotRunError(
        `What the workload calls pending does not become nothing, without any fault: ${JSON.stringify(pending)}.`,
      );
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
    const { found } = await this.readOnce(key);
    const isNothing =
      found === undefined || found === 0 || (Array.isArray(found) && found.length === 0);
    if (!isNothing)
      throw wrong(`read finds ${String(toText(found))} for ${key}, which was never written.`);
  }

  private async readOnce(key: string): Promise<{ readonly found?: Found }> {
    try {
      return (await this.#workload.read?.(key, this.#app)) ?? {};
    } catch (error) {
      this.#app.signal.throwIfAborted();
      throw wrong(`read throws "${String(error)}" for ${key}, which was never written.`);
    }
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
        if (this.#written.has(effect.key) && !isShownBy(effect, found.get(effect.key))) continue;
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
    return withoutThrowing(
      "result",
      () => this.#workload.result?.(answer, write) ?? classifyAnswer(answer),
    );
  }

  private send(write: unknown): Promise<Answer> {
    const signal = AbortSignal.any([
      this.#app.signal,
      AbortSignal.timeout(this.#options.timeoutMs),
    ]);
    return this.#workload.send(write, { ...this.#app, signal });
  }
}

function withoutThrowing<T>(what: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    throw wrong(`${what} throws "${String(error)}".`);
  }
}
