import { isDeepStrictEqual } from "node:util";
import type { ExperimentTemplate } from "../../../infra/outputs.ts";
import { injectionOf } from "../injector.ts";
import type { Injection, InjectionEnd, Injector } from "../injector.ts";
import type { ChaosApi, ChaosEffects, ChaosFaultRule } from "./chaos-api.ts";
import { formOfTemplate } from "./form-of-template.ts";
import { toChaosFaults } from "./to-chaos-faults.ts";
import type { ChaosFaults } from "./to-chaos-faults.ts";

/** LocalStack's text for what its Chaos API injects. */
const injectedMessage = "Operation failed due to a simulated fault";

/** Injects through LocalStack's Chaos API, and takes back exactly what it has put there. */
export class ChaosApiInjector implements Injector {
  readonly name = "Chaos API";
  readonly isEventual = false;
  readonly source: ChaosFaults;
  readonly #api: ChaosApi;
  readonly #template: ExperimentTemplate;

  /**
   * @param region of the stack
   * @throws NotApplicableError when the Chaos API cannot express the template
   */
  constructor(api: ChaosApi, template: ExperimentTemplate, region: string) {
    this.#api = api;
    this.#template = template;
    this.source = toChaosFaults(template, region);
  }

  get fault() {
    return formOfTemplate(this.#template, injectedMessage);
  }

  async inject(signal?: AbortSignal): Promise<Injection> {
    const { rules, latency } = this.source;
    const present = await this.#api.faults();
    if (includesAny(present, rules))
      throw new Error(
        `The Chaos API already has one of the rules ${JSON.stringify(rules)}, which this drill would take away with its own: delete it first.`,
      );
    const effects = await this.#api.effects();
    signal?.throwIfAborted();
    const injection = injectionOf(describe(this.source), () => this.undo(effects));
    try {
      if (rules.length > 0) await this.#api.addFaults(rules);
      if (latency > 0) await this.#api.setEffects({ latency: effects.latency + latency });
      signal?.throwIfAborted();
    } catch (error) {
      await injection.stop().catch((cause: unknown) => {
        throw new AggregateError(
          [error, cause],
          `The Chaos API may still have rules of this drill: ${String(cause)}`,
        );
      });
      throw error;
    }
    return injection;
  }

  /** A removal that was refused matters only if a rule is there: they may never have been taken. */
  private async removeRules(): Promise<void> {
    const { rules } = this.source;
    if (rules.length === 0) return;
    await this.#api.deleteFaults(rules).catch(async (error: unknown) => {
      if (includesAny(await this.#api.faults(), rules)) throw error;
    });
  }

  /** Both are tried, whatever becomes of the other. */
  private async undo(effects: ChaosEffects): Promise<InjectionEnd> {
    const { latency } = this.source;
    const undone = await Promise.allSettled([
      this.removeRules(),
      latency > 0 ? this.#api.setEffects(effects) : effects,
    ]);
    const errors = undone.flatMap((each) =>
      each.status === "rejected" ? [each.reason as unknown] : [],
    );
    if (errors.length > 0)
      throw new AggregateError(
        errors,
        `The Chaos API did not take the fault back: ${errors.map(String).join("; ")}`,
      );
    return { status: "taken back" };
  }
}

function describe({ rules, latency }: ChaosFaults): string {
  const count = rules.length === 1 ? "1 rule" : `${String(rules.length)} rules`;
  return latency > 0 ? `${count} and ${String(latency)} ms` : count;
}

function includesAny(
  present: readonly ChaosFaultRule[],
  rules: readonly ChaosFaultRule[],
): boolean {
  return rules.some((rule) => present.some((each) => isDeepStrictEqual(each, rule)));
}
