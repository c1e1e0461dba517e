import { describeOwner } from "../ownership/drill-owner.ts";
import { isAlive, isOnThisHost } from "../ownership/is-alive.ts";
import { findTraces } from "./find-traces.ts";
import type { FaultCloud, Trace } from "./trace.ts";

export interface StopReport {
  /** One line for each thing that was removed, that was not, or that was left alone. */
  readonly lines: readonly string[];
  /** Whether all that drills have put there is removed. */
  readonly isClean: boolean;
}

/**
 * Removes everything that drills have put on a stack, also a drill that still runs, whose fault is then
 * over. What others have put there stays.
 */
export async function stopDrills(cloud: FaultCloud): Promise<StopReport> {
  const traces = await findTraces(cloud);
  const ofDrills = traces.filter(({ owner }) => owner !== undefined);
  const lines: string[] = [];
  let isClean = true;
  for (const { what, owner, remedy, remove } of ofDrills)
    try {
      await remove();
      lines.push(`Removed ${what}${owner ? ` of ${describeOwner(owner)}` : ""}.`);
    } catch (error) {
      isClean = false;
      lines.push(`Could not remove ${what} (${String(error)}): ${remedy}`);
    }
  if (ofDrills.length === 0) lines.push("Drills have left nothing on this stack.");
  lines.push(...running(ofDrills));
  for (const { what, owner } of traces)
    if (!owner) lines.push(`Left alone, because no drill has put it there: ${what}.`);
  return { lines, isClean };
}

/** Drills of this host that may inject their next fault. */
function running(traces: readonly Trace[]): string[] {
  const owners = new Map(traces.flatMap(({ owner }) => (owner ? [[owner.id, owner]] : [])));
  return [...owners.values()]
    .filter((owner) => isOnThisHost(owner) && isAlive(owner))
    .map(
      (owner) =>
        `${describeOwner(owner)} still runs and may go on to its next experiment; stop it: kill -INT ${String(owner.pid)}`,
    );
}
