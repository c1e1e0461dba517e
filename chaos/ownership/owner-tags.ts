import type { DrillOwner } from "./drill-owner.ts";
import { formatOwner } from "./drill-owner.ts";
import { leaseMs } from "./lease-time.ts";

/** Tags of what a drill creates in FIS. */
export const ownerTag = "outage-drill:owner";
/** ISO 8601. The embedded cloud's FIS ends an experiment at this time; AWS ignores it. */
export const leaseTag = "outage-drill:lease-until";

export function ownerTags(owner: DrillOwner): Record<string, string> {
  return { [ownerTag]: formatOwner(owner) };
}

/** A lease that begins now. */
export function leaseTags(): Record<string, string> {
  return { [leaseTag]: new Date(Date.now() + leaseMs).toISOString() };
}
