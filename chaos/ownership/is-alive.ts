import { hostname } from "node:os";
import type { DrillOwner } from "./drill-owner.ts";
import { processStart } from "./process-start.ts";

/** How long something of a drill on another host counts as that of a drill that still runs. */
export const foreignHostMs = 10 * 60_000;

export interface IsAliveOptions {
  /** ISO 8601: until when the owner has renewed a lease, where there is one. */
  readonly leaseUntil?: string | undefined;
}

/**
 * Whether the drill that has put something on a stack still runs. On this host its process says so; on
 * another one the lease, and without a lease it does for ten minutes.
 */
export function isAlive(owner: DrillOwner, { leaseUntil }: IsAliveOptions = {}): boolean {
  if (isOnThisHost(owner)) {
    const start = processStart(owner.pid);
    return start !== undefined && (start === owner.processStart || start === "unknown");
  }
  const until =
    leaseUntil === undefined ? Date.parse(owner.since) + foreignHostMs : Date.parse(leaseUntil);
  return until > Date.now();
}

export function isOnThisHost({ host }: DrillOwner): boolean {
  return (
    host ===
    hostname()
      .replace(/[^\w.-]/g, "-")
      .slice(0, 100)
  );
}
