import { CannotRunError } from "../cannot-run-error.ts";
import { describeOwner } from "../ownership/drill-owner.ts";
import type { DrillOwner } from "../ownership/drill-owner.ts";
import { isAlive, isOnThisHost } from "../ownership/is-alive.ts";
import { findTraces } from "./find-traces.ts";
import { stopCommand } from "./stop-command.ts";
import type { FaultCloud, Trace } from "./trace.ts";

export interface PreflightOptions {
  /** The drill that is about to begin; what it has on the stack already is left alone. */
  readonly owner: DrillOwner;
  /** Hears of what was removed. */
  say(line: string): void;
}

/**
 * Makes sure that nobody else perturbs a stack before anything is injected into it. What drills that
 * have ended left there is removed first, and named.
 *
 * @throws CannotRunError that names another drill, or what else is in force, and how to stop it
 */
export async function preflight(
  cloud: FaultCloud,
  { owner, say }: PreflightOptions,
): Promise<void> {
  await removeLeftovers(cloud, say);
  for (const trace of await findTraces(cloud)) {
    if (trace.owner?.id === owner.id) continue;
    throw new CannotRunError(trace.owner ? otherDrill(cloud, trace, trace.owner) : refusal(trace));
  }
}

/** Removes what drills that have ended left, and nothing else. */
export async function removeLeftovers(
  cloud: FaultCloud,
  say: (line: string) => void,
): Promise<void> {
  for (const trace of await findTraces(cloud))
    if (trace.owner && !isAlive(trace.owner, trace)) await removeLeftover(trace, trace.owner, say);
}

async function removeLeftover(
  { what, remedy, remove }: Trace,
  owner: DrillOwner,
  say: (line: string) => void,
): Promise<void> {
  try {
    await remove();
  } catch (error) {
    throw new CannotRunError(
      `${describeOwner(owner)} has left ${what}, which cannot be removed (${String(error)}): ${remedy}`,
      { cause: error },
    );
  }
  say(`Removed what ${describeOwner(owner)} left when it ended: ${what}.`);
}

function refusal({ what, since, remedy }: Trace): string {
  const began = since === undefined ? "" : `, since ${since}`;
  return `Somebody else perturbs this stack: ${what}, which no drill has put there${began}; wait for its end, or stop it: ${remedy}`;
}

function otherDrill(cloud: FaultCloud, { what }: Trace, owner: DrillOwner): string {
  const how = isOnThisHost(owner) ? `kill -INT ${String(owner.pid)}` : stopCommand(cloud.endpoint);
  return `Another drill has this stack: ${describeOwner(owner)} with ${what}; wait for its end, or stop it: ${how}`;
}
