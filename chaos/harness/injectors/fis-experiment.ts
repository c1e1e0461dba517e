import { GetExperimentCommand, StopExperimentCommand } from "@aws-sdk/client-fis";
import type { ExperimentState, FisClient } from "@aws-sdk/client-fis";
import type { InjectionEnd } from "../injector.ts";
import type { DrillOwner } from "../../ownership/drill-owner.ts";
import { until } from "../until.ts";

export interface FisOptions {
  /** How long FIS may take to start, and to stop, an experiment. */
  readonly deadlineMs: number;
}

export interface FisInjectorOptions extends FisOptions {
  /** Default: a new one. */
  readonly owner?: DrillOwner;
  /** The command that removes the fault when this process cannot; see FaultInEffect. */
  readonly remedy?: string | undefined;
  /** Whether experiments are leased; see `startExperiment`. Default: yes. */
  readonly isLeased?: boolean;
}

/** Statuses that an experiment does not leave. Source: FIS API 2020-12-01, ExperimentStatus. */
const terminal = ["completed", "stopped", "failed", "cancelled"];
/** Statuses of an action that has begun. Source: FIS API 2020-12-01, ExperimentActionStatus. */
const begun = ["running", "completed"];

export function isOver(state: ExperimentState | undefined): boolean {
  return terminal.includes(String(state?.status));
}

/** Waits until the experiment runs and an action of it has begun. */
export async function untilRunning(
  fis: FisClient,
  id: string,
  { deadlineMs, signal }: FisOptions & { readonly signal: AbortSignal | undefined },
): Promise<void> {
  const state = await until(
    `experiment ${id} is running`,
    async () => {
      const { experiment } = await fis.send(new GetExperimentCommand({ id }));
      const actions = Object.values(experiment?.actions ?? {});
      const hasBegun = actions.some(({ state: action }) => begun.includes(String(action?.status)));
      return { ...experiment?.state, hasBegun };
    },
    {
      deadlineMs,
      intervalMs: 20,
      accept: (seen) => isOver(seen) || (seen.status === "running" && seen.hasBegun),
      signal,
    },
  );
  if (isOver(state)) throw new Error(`Experiment ${id} did not run: ${describe(state)}`);
}

/** Stops the experiment and waits until it has undone what it did. */
export async function stopExperiment(
  fis: FisClient,
  id: string,
  { deadlineMs }: FisOptions,
): Promise<InjectionEnd> {
  const before = await stateOf(fis, id);
  if (isOver(before)) return { status: String(before.status), endedEarly: describe(before) };
  await fis.send(new StopExperimentCommand({ id }));
  const after = await until(`experiment ${id} has stopped`, () => stateOf(fis, id), {
    deadlineMs,
    intervalMs: 20,
    accept: isOver,
  });
  if (after.status === "failed") throw new Error(`Experiment ${id}: ${describe(after)}`);
  return { status: String(after.status) };
}

async function stateOf(fis: FisClient, id: string): Promise<ExperimentState> {
  const { experiment } = await fis.send(new GetExperimentCommand({ id }));
  return experiment?.state ?? {};
}

function describe({ status, reason }: ExperimentState): string {
  return `it is ${String(status)}${reason ? ` (${reason})` : ""}`;
}
