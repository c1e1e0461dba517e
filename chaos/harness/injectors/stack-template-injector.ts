import type { FisClient } from "@aws-sdk/client-fis";
import { formatOwner, newOwner } from "../../ownership/drill-owner.ts";
import { registerFault } from "../../ownership/faults-in-effect.ts";
import { ownerTag } from "../../ownership/owner-tags.ts";
import { activeExperiments, findByOwner } from "./active-experiments.ts";
import { injectionOf } from "../injector.ts";
import type { FaultForm, Injection, Injector } from "../injector.ts";
import { stopExperiment, untilRunning } from "./fis-experiment.ts";
import type { FisInjectorOptions } from "./fis-experiment.ts";
import { startExperiment } from "./fis-experiment-lease.ts";
import type { StartedExperiment } from "./fis-experiment-lease.ts";

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
  readonly #options: FisInjectorOptions;

  constructor(fis: FisClient, { id, scenario, fault }: StackTemplate, options: FisInjectorOptions) {
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
    const owner = { ...(this.#options.owner ?? newOwner()), since: new Date().toISOString() };
    const { isLeased = true } = this.#options;
    let started: StartedExperiment | undefined;
    const end = injectionOf(this.source.experimentTemplateId, async () => {
      started?.stopRenewing();
      // An experiment may have started although the answer that names it never came.
      const id = started?.id ?? (await findByOwner(this.#fis, owner));
      return id ? stopExperiment(this.#fis, id, this.#options) : { status: "never started" };
    });
    const stop = async () => {
      const ended = await end.stop();
      forget();
      return ended;
    };
    const forget = registerFault({
      get what() {
        return `FIS experiment ${started?.id ?? `with the tag ${ownerTag}=${formatOwner(owner)}`}`;
      },
      remedy: this.#options.remedy,
      undo: stop,
    });
    try {
      started = await startExperiment(this.#fis, {
        templateId: this.source.experimentTemplateId,
        tags: { "outage-drill": this.source.scenario },
        owner,
        isLeased,
      });
      await untilRunning(this.#fis, started.id, { ...this.#options, signal });
      return { id: started.id, stop };
    } catch (error) {
      await stop().catch((cause: unknown) => {
        const id = started?.id ?? "ID";
        throw new AggregateError(
          [error, cause],
          `Experiment ${id} neither ran nor stopped; stop it: aws fis stop-experiment --id ${id}`,
        );
      });
      throw error;
    }
  }
}
