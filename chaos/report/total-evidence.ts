import type { Evidence } from "../harness/evidence.ts";
import { evidenceOf } from "../harness/evidence.ts";

/** What all experiments together were able to show; undefined when none was judged. */
export function totalEvidence(
  experiments: readonly { readonly evidence?: Evidence }[],
): Evidence | undefined {
  const each = experiments.flatMap(({ evidence }) => evidence ?? []);
  if (each.length === 0) return undefined;
  const sum = (of: (evidence: Evidence) => number) =>
    each.reduce((total, evidence) => total + of(evidence), 0);
  return evidenceOf({ queued: sum(({ queued }) => queued), all: sum(({ all }) => all) });
}

/** One sentence on how strong the evidence of a drill is. */
export function describeEvidence({ queued, all, smallestLossRate }: Evidence): string {
  if (smallestLossRate === undefined) return "No acknowledged write was able to show its loss.";
  const able = `${String(all)} acknowledged writes were each able to show their loss`;
  const through = queued > 0 ? `, ${String(queued)} of them through the queue` : "";
  const percent = (smallestLossRate * 100).toPrecision(2);
  return `${able}${through}: a drill like this one finds a loss of ${percent} % of these with a probability of 99 %.`;
}
