import type { RuleOwner } from "./rule.ts";

/** One text for one owner: an action of an experiment, or one of the two lists of the Chaos API. */
export function ownerKey(owner: RuleOwner): string {
  return owner.kind === "experiment"
    ? `experiment/${owner.experimentId}/${owner.action}`
    : owner.kind;
}
