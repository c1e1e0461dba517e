import {
  CreateExperimentTemplateCommand,
  DeleteExperimentTemplateCommand,
  GetExperimentCommand,
  ListExperimentsCommand,
  ResourceNotFoundException,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import type { ExperimentState, FisClient } from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import type { ExperimentTemplate } from "../../infra/outputs.ts";
import type { Injection, InjectionEnd, Injector } from "./injector.ts";
import { until } from "./until.ts";

export interface FisInjectorOptions {
  /** How long FIS may take to start, and to stop, an experiment. */
  readonly deadlineMs: number;
}

/** Statuses that an experiment does not leave. Source: FIS API 2020-12-01, ExperimentStatus. */
const terminal = ["completed", "stopped", "failed", "cancelled"];

/** Injects through the FIS API: a template, an experiment of it, both gone afterwards. */
export class FisInjector implements Injector {
  readonly name = "FIS";
  readonly #client: FisClient;
  readonly #deadlineMs: number;

  constructor(client: FisClient, { deadlineMs }: FisInjectorOptions) {
    this.#client = client;
    this.#deadlineMs = deadlineMs;
  }

  async inject(template: ExperimentTemplate, signal?: AbortSignal): Promise<Injection> {
    const created = await this.#client.send(
      new CreateExperimentTemplateCommand({ clientToken: randomUUID(), ...template }),
    );
    const templateId = named("experimentTemplate.id", created.experimentTemplate?.id);
    let experimentId: string | undefined;
    try {
      const started = await this.#client.send(
        new StartExperimentCommand({
          clientToken: randomUUID(),
          experimentTemplateId: templateId,
        }),
      );
      experimentId = named("experiment.id", started.experiment?.id);
      await this.waitUntilRunning(experimentId, signal);
    } catch (error) {
      await this.stop(templateId, experimentId).catch((cause: unknown) => {
        throw new AggregateError(
          [error, cause],
          "FIS neither started nor cleaned up the experiment.",
        );
      });
      throw error;
    }
    return new FisInjection(experimentId, () => this.stop(templateId, experimentId));
  }

  private async waitUntilRunning(id: string, signal: AbortSignal | undefined): Promise<void> {
    const state = await until(`experiment ${id} is running`, () => this.state(id), {
      deadlineMs: this.#deadlineMs,
      intervalMs: 20,
      accept: ({ status }) => status === "running" || terminal.includes(String(status)),
      signal,
    });
    if (state.status !== "running")
      throw new Error(`Experiment ${id} did not run: ${describe(state)}`);
  }

  private async stop(templateId: string, experimentId?: string): Promise<InjectionEnd> {
    try {
      const id = experimentId ?? (await this.findExperiment(templateId));
      return id ? await this.stopExperiment(id) : { status: "never started" };
    } finally {
      await this.#client
        .send(new DeleteExperimentTemplateCommand({ id: templateId }))
        .catch(ignoreNotFound);
    }
  }

  private async stopExperiment(id: string): Promise<InjectionEnd> {
    const before = await this.state(id);
    if (terminal.includes(String(before.status)))
      return { status: String(before.status), endedEarly: describe(before) };
    await this.#client.send(new StopExperimentCommand({ id }));
    const after = await until(`experiment ${id} has stopped`, () => this.state(id), {
      deadlineMs: this.#deadlineMs,
      intervalMs: 20,
      accept: ({ status }) => terminal.includes(String(status)),
    });
    return { status: String(after.status) };
  }

  /** An experiment may have started although the answer that names it never came. */
  private async findExperiment(templateId: string): Promise<string | undefined> {
    const { experiments = [] } = await this.#client.send(new ListExperimentsCommand({}));
    return experiments.find(({ experimentTemplateId }) => experimentTemplateId === templateId)?.id;
  }

  private async state(id: string): Promise<ExperimentState> {
    const { experiment } = await this.#client.send(new GetExperimentCommand({ id }));
    return experiment?.state ?? {};
  }
}

class FisInjection implements Injection {
  readonly id: string;
  readonly #end: () => Promise<InjectionEnd>;
  #ended: Promise<InjectionEnd> | undefined;

  constructor(id: string, end: () => Promise<InjectionEnd>) {
    this.id = id;
    this.#end = end;
  }

  async stop(): Promise<InjectionEnd> {
    this.#ended ??= this.#end();
    try {
      return await this.#ended;
    } catch (error) {
      // The next call tries again.
      this.#ended = undefined;
      throw error;
    }
  }
}

function named(member: string, id: string | undefined): string {
  if (id === undefined) throw new Error(`FIS answered without ${member}.`);
  return id;
}

function describe({ status, reason }: ExperimentState): string {
  return `it is ${String(status)}${reason ? ` (${reason})` : ""}`;
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}
