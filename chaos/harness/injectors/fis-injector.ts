import {
  CreateExperimentTemplateCommand,
  DeleteExperimentTemplateCommand,
  ListExperimentsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import type { ExperimentTemplate } from "../../../infra/outputs.ts";
import { newOwner } from "../../ownership/drill-owner.ts";
import type { DrillOwner } from "../../ownership/drill-owner.ts";
import { registerFault } from "../../ownership/faults-in-effect.ts";
import { ownerTags } from "../../ownership/owner-tags.ts";
import { injectionOf } from "../injector.ts";
import type { Injection, InjectionEnd, Injector } from "../injector.ts";
import { formOfTemplate } from "./form-of-template.ts";
import { stopExperiment, untilRunning } from "./fis-experiment.ts";
import type { FisInjectorOptions } from "./fis-experiment.ts";
import { startExperiment } from "./fis-experiment-lease.ts";
import type { StartedExperiment } from "./fis-experiment-lease.ts";

/** LocalStack's text for what its FIS injects. */
const injectedMessage = "Failing as per Fault Injection Simulator configuration";

/** Injects through the FIS API: a template, an experiment of it, the template gone afterwards. */
export class FisInjector implements Injector {
  readonly name = "FIS";
  readonly isEventual = false;
  readonly source: ExperimentTemplate;
  readonly #fis: FisClient;
  readonly #options: FisInjectorOptions;
  readonly #owner: DrillOwner;

  constructor(fis: FisClient, template: ExperimentTemplate, options: FisInjectorOptions) {
    this.#fis = fis;
    this.source = template;
    this.#options = options;
    this.#owner = options.owner ?? newOwner();
  }

  get fault() {
    return formOfTemplate(this.source, injectedMessage);
  }

  /** @throws FIS's own error when it does not take the template */
  async tryTemplate(): Promise<void> {
    await this.deleteTemplate(await this.createTemplate(this.#owner));
  }

  async inject(signal?: AbortSignal): Promise<Injection> {
    const owner = { ...this.#owner, since: new Date().toISOString() };
    const templateId = await this.createTemplate(owner);
    const { isLeased = true, remedy } = this.#options;
    const experiment: Begun = { templateId };
    const end = injectionOf(templateId, () => this.stop(experiment));
    const stop = async () => {
      const ended = await end.stop();
      forget();
      return ended;
    };
    const forget = registerFault({
      get what() {
        return `FIS experiment ${experiment.started?.id ?? `of template ${templateId}`}`;
      },
      remedy,
      undo: stop,
    });
    try {
      const started = await startExperiment(this.#fis, { templateId, owner, isLeased });
      experiment.started = started;
      // An experiment goes on without its template; nothing is left of it then.
      await this.deleteTemplate(templateId).catch(() => undefined);
      await untilRunning(this.#fis, started.id, { ...this.#options, signal });
      return { id: started.id, stop };
    } catch (error) {
      await stop().catch((cause: unknown) => {
        throw new AggregateError(
          [error, cause],
          "FIS neither started nor cleaned up the experiment.",
        );
      });
      throw error;
    }
  }

  private async stop({ templateId, started }: Begun): Promise<InjectionEnd> {
    started?.stopRenewing();
    try {
      const id = started?.id ?? (await this.findExperiment(templateId));
      return id ? await stopExperiment(this.#fis, id, this.#options) : { status: "never started" };
    } finally {
      await this.deleteTemplate(templateId);
    }
  }

  private async createTemplate(owner: DrillOwner): Promise<string> {
    const created = await this.#fis.send(
      new CreateExperimentTemplateCommand({
        clientToken: randomUUID(),
        ...this.source,
        tags: { ...this.source.tags, ...ownerTags(owner) },
      }),
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

interface Begun {
  readonly templateId: string;
  started?: StartedExperiment;
}

function named(member: string, id: string | undefined): string {
  if (id === undefined) throw new Error(`FIS answered without ${member}.`);
  return id;
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}
