import type { Log } from "../../log.ts";
import type { ActionCatalogue } from "./actions/catalogue.ts";
import type { ClientTokens } from "./client-tokens.ts";
import type { ExperimentLeases } from "./experiment-lease.ts";
import type { ExperimentRunner } from "./experiment-runner.ts";
import type { ExperimentStore } from "./experiment-store.ts";
import type { TargetResolver } from "./resolve-targets.ts";
import type { AlarmWatch } from "./stop-conditions.ts";
import type { SafetyLever } from "./safety-lever.ts";
import type { TemplateStore } from "./template-store.ts";

/** What the operations of FIS share. */
export interface FisContext {
  readonly accountId: string;
  readonly log: Log;
  readonly catalogue: ActionCatalogue;
  readonly targets: TargetResolver;
  readonly templates: TemplateStore;
  readonly experiments: ExperimentStore;
  readonly runner: ExperimentRunner;
  readonly leases: ExperimentLeases;
  readonly clientTokens: ClientTokens;
  readonly safetyLever: SafetyLever;
  /** Without it no alarm can be a stop condition. */
  readonly alarms: AlarmWatch | undefined;
}
