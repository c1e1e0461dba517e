import { isDeepStrictEqual } from "node:util";
import type { ExperimentTemplate } from "../../../infra/outputs.ts";
import { formatOwner, newOwner } from "../../ownership/drill-owner.ts";
import type { DrillOwner } from "../../ownership/drill-owner.ts";
import { registerFault } from "../../ownership/faults-in-effect.ts";
import { injectionOf } from "../injector.ts";
import type { Injection, Injector } from "../injector.ts";
import type { ChaosApi } from "./chaos-api.ts";
import { formOfTemplate } from "./form-of-template.ts";
import { leasedFault } from "./leased-fault.ts";
import { ownedFault } from "./owned-fault.ts";
import { toChaosFaults } from "./to-chaos-faults.ts";
import type { ChaosFaults } from "./to-chaos-faults.ts";

/** LocalStack's text for what its Chaos API injects. */
const injectedMessage = "Operation failed due to a simulated fault";

export interface ChaosApiInjectorOptions {
  /** Default: a new one. */
  readonly owner?: DrillOwner;
  /** The command that removes the fault when this process cannot; see FaultInEffect. */
  readonly remedy?: string | undefined;
}

/** Injects through LocalStack's Chaos API, and takes back exactly what it has put there. */
export class ChaosApiInjector implements Injector {
  readonly name = "Chaos API";
  readonly isEventual = false;
  readonly source: ChaosFaults;
  readonly #api: ChaosApi;
  readonly #template: ExperimentTemplate;

  readonly #options: ChaosApiInjectorOptions;
  readonly #owner: DrillOwner;

  /**
   * @param region of the stack
   * @throws NotApplicableError when the Chaos API cannot express the template
   */
  constructor(
    api: ChaosApi,
    template: ExperimentTemplate,
    region: string,
    options: ChaosApiInjectorOptions = {},
  ) {
    this.#options = options;
    this.#owner = options.owner ?? newOwner();
    this.#api = api;
    this.#template = template;
    this.source = toChaosFaults(template, region);
  }

  get fault() {
    return formOfTemplate(this.#template, injectedMessage);
  }

  async inject(signal?: AbortSignal): Promise<Injection> {
    const { rules } = this.source;
    const present = await this.#api.faults();
    if (rules.some((rule) => present.some((each) => isDeepStrictEqual(each, rule))))
      throw new Error(
        `The Chaos API already has one of the rules ${JSON.stringify(rules)}, and another one like it would change nothing: delete it first.`,
      );
    const owner = formatOwner({ ...this.#owner, since: new Date().toISOString() });
    const { api, source } = { api: this.#api, source: this.source };
    const fault = (await api.leases())
      ? leasedFault(api, owner, source)
      : ownedFault(api, owner, source);
    signal?.throwIfAborted();
    const id = describe(this.source);
    const end = injectionOf(id, () => fault.end());
    const stop = async () => {
      const ended = await end.stop();
      forget();
      return ended;
    };
    const forget = registerFault({
      what: `${id} of the Chaos API`,
      remedy: this.#options.remedy,
      undo: stop,
    });
    try {
      await fault.begin();
      signal?.throwIfAborted();
    } catch (error) {
      await stop().catch((cause: unknown) => {
        throw new AggregateError(
          [error, cause],
          `The Chaos API may still have rules of this drill: ${String(cause)}`,
        );
      });
      throw error;
    }
    return { id, stop };
  }
}

function describe({ rules, latency }: ChaosFaults): string {
  const count = rules.length === 1 ? "1 rule" : `${String(rules.length)} rules`;
  return latency > 0 ? `${count} and ${String(latency)} ms` : count;
}
