import { awsClients } from "./aws-clients.ts";
import type { DrillClients } from "./aws-clients.ts";
import { DeployedApp } from "./app.ts";
import type { Experiment } from "./experiment.ts";
import { ChaosApi } from "./injectors/chaos-api.ts";
import { chooseInjector } from "./injectors/choose-injector.ts";
import type { Injector } from "./injector.ts";
import type { Pace } from "./pace.ts";
import type { Target } from "./target.ts";

/** A deployed stack through the public APIs of its cloud: the application on it, and what can be injected. */
export class Stack {
  readonly target: Target;
  readonly app: DeployedApp;
  readonly #clients: DrillClients;
  readonly #chaosApi: ChaosApi | undefined;
  readonly #pace: Pace;

  constructor(target: Target, pace: Pace) {
    this.target = target;
    this.#pace = pace;
    const { endpoint, outputs } = target;
    this.#clients = awsClients({ ...(endpoint && { endpoint }), region: outputs.region });
    this.#chaosApi = endpoint ? new ChaosApi(endpoint, pace.deadlineMs) : undefined;
    this.app = new DeployedApp(target, this.#clients);
  }

  /** @throws NotApplicableError when the cloud cannot inject the experiment's fault */
  chooseInjector(experiment: Experiment): Promise<Injector> {
    const { target } = this;
    return chooseInjector(
      experiment,
      { target, fis: this.#clients.fis, chaosApi: this.#chaosApi },
      this.#pace,
    );
  }

  /**
   * How many calls of the application the experiment with this id has hit, or all rules of the Chaos API
   * together; undefined where the cloud does not count them.
   */
  async firedBy(injectionId: string): Promise<number | undefined> {
    const fired = await this.#chaosApi?.fired().catch(() => undefined);
    return (
      fired &&
      Object.entries(fired)
        .filter(([owner]) => owner.includes(injectionId) || owner.startsWith("chaos-"))
        .reduce((sum, [, count]) => sum + count, 0)
    );
  }

  async close(): Promise<void> {
    await this.app.close();
    this.#clients.close();
    await this.#chaosApi?.close();
  }
}
