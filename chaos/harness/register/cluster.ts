import type { Observation, Write } from "./key-history.ts";
import type { Obligations } from "./obligations.ts";

/**
 * One write that the table showed, with everything that showed it, as bounds on the points in time of
 * the model (docs/history-model.md). The value from before the run is a write accepted before all.
 */
export interface Cluster {
  /** Bounds of the point where it was accepted. */
  acceptFrom: number;
  acceptBy: number;
  /** Applied by this time: its answer (`ok`), a look that had to wait for it, or the first observation. */
  shownBy: number;
  /** It was shown at this time or later: when the last observation of it began. */
  shownUntil: number;
}

/** Indices that stand for no write of the history. */
export const INITIAL = -1;
export const UNASSIGNED = -2;

/**
 * @param shown which write each observation showed, as its index, `INITIAL` or `UNASSIGNED`
 * @returns every write that was shown, and every direct one: it has been applied once it is answered
 */
export function toClusters(
  writes: readonly Write[],
  observations: readonly Observation[],
  shown: readonly number[],
  { acceptedSinceMs, appliedByMs }: Obligations,
): Cluster[] {
  const clusters = new Map<number, Cluster>();
  writes.forEach((write, index) => {
    if (write.type === "ok") clusters.set(index, clusterOf(write, write.answeredMs));
  });
  observations.forEach(({ sentMs, answeredMs }, at) => {
    const index = shown[at] ?? UNASSIGNED;
    if (index === UNASSIGNED) return;
    const write = writes[index];
    const cluster = clusters.get(index) ?? clusterOf(write, write ? appliedByMs(write) : Infinity);
    clusters.set(index, cluster);
    cluster.acceptFrom = Math.max(cluster.acceptFrom, acceptedSinceMs[at] ?? -Infinity);
    cluster.shownBy = Math.min(cluster.shownBy, answeredMs);
    cluster.shownUntil = Math.max(cluster.shownUntil, sentMs);
  });
  for (const cluster of clusters.values()) {
    cluster.acceptBy = Math.min(cluster.acceptBy, cluster.shownBy);
    cluster.shownUntil = Math.max(cluster.shownUntil, cluster.acceptFrom);
  }
  return [...clusters.values()];
}

function clusterOf(write: Write | undefined, shownBy: number): Cluster {
  return {
    acceptFrom: write ? write.sentMs : -Infinity,
    acceptBy: latestAcceptanceMs(write),
    shownBy,
    shownUntil: -Infinity,
  };
}

/** Until when a write may have been accepted, before anything has shown it. */
export function latestAcceptanceMs(write: Write | undefined): number {
  if (!write) return -Infinity;
  return write.type === "info" ? Infinity : write.answeredMs;
}
