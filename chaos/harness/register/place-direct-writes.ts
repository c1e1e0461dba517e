import type { Cluster } from "./cluster.ts";
import { firstIndex, Zones } from "./zones.ts";

/**
 * Finds a point for each direct write, and narrows its cluster to it.
 *
 * What was accepted by `acceptBy` and shown at `shownUntil` was not superseded in between, so that no
 * direct write took effect there. Each direct write goes to its latest point outside these zones; one
 * whose last read began after that makes a zone itself. Later is never worse: nothing else happened
 * between a write's point and its last read. See docs/history-model.md for the proof.
 *
 * @returns whether there are such points; `haveOrder` says whether they fit with each other
 */
export function placeDirectWrites(clusters: readonly Cluster[]): boolean {
  const others = clusters.filter(({ direct }) => !direct);
  const zones = new Zones();
  for (const { acceptBy, shownUntil } of others) zones.add(acceptBy, shownUntil);
  const notBefore = lowerBounds(others);
  let open = clusters.filter(({ direct }) => direct);
  for (;;) {
    const blocking: Cluster[] = [];
    const rest: Cluster[] = [];
    for (const cluster of open) {
      const point = zones.latestOutside(cluster.acceptBy);
      if (point < notBefore(cluster)) return false;
      cluster.acceptBy = point;
      (point < cluster.shownUntil ? blocking : rest).push(cluster);
    }
    open = rest;
    if (blocking.length === 0) break;
    for (const { acceptBy, shownUntil } of blocking) zones.add(acceptBy, shownUntil);
  }
  for (const cluster of clusters)
    if (cluster.direct) {
      cluster.acceptFrom = cluster.acceptBy;
      cluster.shownBy = cluster.acceptBy;
      cluster.shownUntil = Math.max(cluster.shownUntil, cluster.acceptBy);
    }
  return true;
}

/** What was shown for the first time before a direct write's last read comes before that write. */
function lowerBounds(others: readonly Cluster[]): (cluster: Cluster) => number {
  const inOrder = [...others].sort((a, b) => a.shownBy - b.shownBy);
  let latest = -Infinity;
  const shownUntil = inOrder.map((each) => (latest = Math.max(latest, each.shownUntil)));
  return (cluster) => {
    const count = firstIndex(
      inOrder.length,
      (index) => (inOrder[index]?.shownBy ?? Infinity) >= cluster.shownUntil,
    );
    return Math.max(cluster.acceptFrom, shownUntil[count - 1] ?? -Infinity);
  };
}
