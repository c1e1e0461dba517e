import {
  CreateExperimentTemplateCommand,
  DeleteExperimentTemplateCommand,
  ListExperimentsCommand,
  ResourceNotFoundException,
  StartExperimentCommand,
} from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import type { ExperimentTemplate } from "../../../infra/outputs.ts";
import { injectionOf } from "../injector.ts";
import type { Injection, InjectionEnd, Injector } from "../injector.ts";
import { formOfTemplate } from "./form-of-template.ts";
import { stopExperiment, untilRunning } from "./fis-experiment.ts";
import type { FisOptions } from "./fis-experiment.ts";

/** LocalStack's text for what its FIS injects. */
const injectedMessage = "Failing as per Fault Injection Simulator configuration";

/** Injects through the FIS API: a template, an experiment of it, the template gone afterwards. */
export class FisInjector implements Injector {
  readonly name = "FIS";
  readonly isEventual = false;
  readonly source: ExperimentTemplate;
  readonly #fis: FisClient;
  readonly #options: FisOptions;

  constructor(fis: FisClient, template: ExperimentTemplate, options: FisOptions) {
    this.#fis = fis;
    this.source = template;
    this.#options = options;
  }

  get fault() {
    return formOfTemplate(this.source, injectedMessage);
  }

  /** @throws FIS's own error when it does not take the template */
  async tryTemplate(): Promise<void> {
    await this.deleteTemplate(await this.createTemplate());
  }

  async inject(signal?: AbortSignal): Promise<Injection> {
    const templateId = await this.createTemplate();
    let experimentId: string | undefined;
    try {
      const started = await this.#fis.send(
        new StartExperimentCommand({
          clientToken: randomUUID(),
          experimentTemplateId: templateId,
        }),
      );
      experimentId = named("experiment.id", started.experiment?.id);
      await untilRunning(this.#fis, experimentId, { ...this.#options, signal });
    } catch (error) {
      await this.stop(templateId, experimentId).catch((cause: unknown) => {
        throw new AggregateError(
          [error, cause],
          "FIS neither started nor cleaned up the experiment.",
        );
      });
      throw error;
    }
    return injectionOf(experimentId, () => this.stop(templateId, experimentId));
  }

  private async stop(templateId: string, experimentId?: string): Promise<InjectionEnd> {
    try {
      const id = experimentId ?? (await this.findExperiment(templateId));
      return id ? await stopExperiment(this.#fis, id, this.#options) : { status: "never started" };
    } finally {
      await this.deleteTemplate(templateId);
    }
  }

  private async createTemplate(): Promise<string> {
    const created = await this.#fis.send(
      new CreateExperimentTemplateCommand({ clientToken: randomUUID(), ...this.source }),
    );
    return named("experimentTemplate.id", created.experimentTemplate?.id);
  }

  private async deleteTemplate(id: string): Promise<void> {
    await this.#fis.send(new DeleteExperimentTemplateCommand({ id })).catch(ignoreNotFound);
  }

  /** An experiment may have started although the answer that names it never came. */
  private async findExperiment(templateId: string): Promise<string | undefined> {
    const { experiments = [] } = await this.#fis.send(new ListExperimentsCommand({}));
    return experiments.find(({ experimentTemplateId }) => experimentTemplateId === templateId)?.id;
  }
}

function named(member: string, id: string | undefined): string {
  if (id === undefined) throw new Error(`FIS answered without ${member}.`);
  return id;
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}
