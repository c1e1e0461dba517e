import type { Cluster } from "./cluster.ts";
import { firstIndex } from "./first-index.ts";

/**
 * Whether the writes can be put into one order of acceptance.
 *
 * x comes before y where x was accepted by a time at which y could not be yet, or was shown by a time
 * after which y was. Each of the two is an interval order, and together they have a cycle only if they
 * have one of two writes; so it is enough to look for two that must each come before the other.
 */
export function haveOrder(clusters: readonly Cluster[]): boolean {
  return !showEachOtherTwice(clusters) && !areShownAgainstAcceptance(clusters);
}

/** x was shown, then y, then x again. */
function showEachOtherTwice(clusters: readonly Cluster[]): boolean {
  const zones = clusters
    .filter(({ shownBy, shownUntil }) => shownBy < shownUntil)
    .sort((a, b) => a.shownBy - b.shownBy);
  if (zones.some(({ shownBy }, index) => shownBy < (zones[index - 1]?.shownUntil ?? -Infinity)))
    return true;
  return clusters.some(({ shownBy, shownUntil }) => {
    if (shownBy < shownUntil) return false;
    const zone =
      zones[firstIndex(zones.length, (at) => (zones[at]?.shownBy ?? 0) >= shownUntil) - 1];
    return zone !== undefined && shownBy < zone.shownUntil;
  });
}

/** x was accepted before y, and shown after it. */
function areShownAgainstAcceptance(clusters: readonly Cluster[]): boolean {
  const inOrder = [...clusters].sort((a, b) => b.acceptFrom - a.acceptFrom);
  let first = Infinity;
  const shownBy = inOrder.map((each) => (first = Math.min(first, each.shownBy)));
  return clusters.some(({ acceptBy, shownUntil }) => {
    const count = firstIndex(
      inOrder.length,
      (index) => (inOrder[index]?.acceptFrom ?? 0) <= acceptBy,
    );
    return (shownBy[count - 1] ?? Infinity) < shownUntil;
  });
}
