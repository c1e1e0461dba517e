import { StartExperimentCommand } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import { activeExperiments } from "./active-experiments.ts";
import { injectionOf } from "../injector.ts";
import type { FaultForm, Injection, Injector } from "../injector.ts";
import { stopExperiment, untilRunning } from "./fis-experiment.ts";
import type { FisOptions } from "./fis-experiment.ts";

export interface StackTemplate {
  /** Of a FIS template that the stack has created. */
  readonly id: string;
  readonly scenario: string;
  readonly fault: FaultForm;
}

/** Starts one of the stack's own FIS templates, as it is, and stops the experiment. */
export class StackTemplateInjector implements Injector {
  readonly name = "the stack's FIS template";
  readonly isEventual = true;
  readonly fault: FaultForm;
  readonly source: { readonly experimentTemplateId: string; readonly scenario: string };
  readonly #fis: FisClient;
  readonly #options: FisOptions;

  constructor(fis: FisClient, { id, scenario, fault }: StackTemplate, options: FisOptions) {
    this.#fis = fis;
    this.fault = fault;
    this.source = { experimentTemplateId: id, scenario };
    this.#options = options;
  }

  async inject(signal?: AbortSignal): Promise<Injection> {
    const others = await activeExperiments(this.#fis);
    if (others.length > 0)
      throw new Error(
        `Other FIS experiments are active (${others.join(", ")}): wait for their end, or stop them.`,
      );
    signal?.throwIfAborted();
    const { experiment } = await this.#fis.send(
      new StartExperimentCommand({
        clientToken: randomUUID(),
        experimentTemplateId: this.source.experimentTemplateId,
        tags: { "outage-drill": this.source.scenario },
      }),
    );
    const id = experiment?.id;
    if (id === undefined) throw new Error("FIS answered without experiment.id.");
    const injection = injectionOf(id, () => stopExperiment(this.#fis, id, this.#options));
    try {
      await untilRunning(this.#fis, id, { ...this.#options, signal });
    } catch (error) {
      await injection.stop().catch((cause: unknown) => {
        throw new AggregateError(
          [error, cause],
          `Experiment ${id} neither ran nor stopped; stop it: aws fis stop-experiment --id ${id}`,
        );
      });
      throw error;
    }
    return injection;
  }
}
