import type { Observation, Write } from "./key-history.ts";
import type { Obligations } from "./obligations.ts";

/**
 * One write that the table showed, with everything that showed it, as bounds on the points in time of
 * the model (docs/history-model.md). The value from before the run is a write accepted before all.
 */
export interface Cluster {
  /** Takes effect at the point where it is accepted (`ok`). */
  readonly direct: boolean;
  /** Bounds of the point where it was accepted. */
  acceptFrom: number;
  acceptBy: number;
  /** It was shown at this time at the latest: when the first observation of it ended. */
  shownBy: number;
  /** It was shown at this time or later: when the last observation of it began. */
  shownUntil: number;
}

/** Indices that stand for no write of the history. */
export const INITIAL = -1;
export const UNASSIGNED = -2;

/**
 * @param shown which write each observation showed, as its index, `INITIAL` or `UNASSIGNED`
 * @returns every write that was shown, and every direct one
 */
export function toClusters(
  writes: readonly Write[],
  observations: readonly Observation[],
  shown: readonly number[],
  { acceptedSinceMs, appliedByMs }: Obligations,
): Cluster[] {
  const clusters = new Map<number, Cluster>();
  writes.forEach((write, index) => {
    if (write.type === "ok") clusters.set(index, clusterOf(write, Infinity));
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
    if (cluster.direct) cluster.shownBy = cluster.acceptBy;
    cluster.shownUntil = Math.max(cluster.shownUntil, cluster.acceptFrom);
  }
  return [...clusters.values()];
}

function clusterOf(write: Write | undefined, shownBy: number): Cluster {
  return {
    direct: write?.type === "ok",
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
