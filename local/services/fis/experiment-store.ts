import type { ActionPlan } from "./actions/action.ts";
import { notFoundError } from "./errors.ts";
import { newId } from "./ids.ts";
import type { ResolvedTarget } from "./resolve-targets.ts";
import { toSortKey } from "./template-store.ts";
import type { Tags, TemplateAction, TemplateDefinition } from "./template-schema.ts";

/** Source: FIS service model. */
export type ExperimentStatus =
  | "pending"
  | "initiating"
  | "running"
  | "completed"
  | "stopping"
  | "stopped"
  | "failed"
  | "cancelled";

export interface ExperimentAction {
  readonly definition: TemplateAction;
  readonly plan: ActionPlan;
  state: { status: ExperimentStatus | "skipped"; reason: string };
  startTime?: Date;
  endTime?: Date;
}

export interface Experiment {
  readonly id: string;
  readonly region: string;
  /** Sorts experiments in the order of their creation. */
  readonly key: string;
  readonly templateId: string;
  /** The template as it was at the start; a later update does not reach a running experiment. */
  readonly definition: TemplateDefinition;
  readonly actionsMode: "run-all" | "skip-all";
  readonly actions: ReadonlyMap<string, ExperimentAction>;
  tags: Tags;
  state: {
    status: ExperimentStatus;
    reason: string;
    error?: { accountId: string; code: string; location: string };
  };
  resolvedTargets: readonly ResolvedTarget[];
  readonly creationTime: Date;
  startTime?: Date;
  endTime?: Date;
}

export type NewExperiment = Pick<
  Experiment,
  "region" | "templateId" | "definition" | "actionsMode" | "actions" | "tags"
>;

export interface ExperimentStore {
  create(experiment: NewExperiment): Experiment;
  /** Throws ResourceNotFoundException. */
  get(region: string, id: string): Experiment;
  /** In whichever region. */
  find(id: string): Experiment | undefined;
  list(region: string): Experiment[];
}

const endStatuses: readonly ExperimentStatus[] = ["completed", "stopped", "failed", "cancelled"];

/** Whether the experiment is over and nothing of it is in force. */
export function hasEnded({ state }: Pick<Experiment, "state">): boolean {
  return endStatuses.includes(state.status);
}

export function createExperimentStore(): ExperimentStore {
  const experiments = new Map<string, Experiment>();
  let created = 0;
  return {
    create(experiment) {
      const stored: Experiment = {
        ...experiment,
        id: newId("EXP"),
        key: toSortKey(created++),
        state: { status: "pending", reason: "Experiment is pending." },
        resolvedTargets: [],
        creationTime: new Date(),
      };
      experiments.set(stored.id, stored);
      return stored;
    },
    get(region, id) {
      const experiment = experiments.get(id);
      if (experiment?.region === region) return experiment;
      throw notFoundError(`Experiment ${id} not found.`);
    },
    find: (id) => experiments.get(id),
    list: (region) => [...experiments.values()].filter((each) => each.region === region),
  };
}
