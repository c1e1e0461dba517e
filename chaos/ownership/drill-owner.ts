import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { processStart } from "./process-start.ts";

/** Who has put something on a stack: one drill, in one process, on one host. */
export interface DrillOwner {
  /** Of the drill, random. */
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** See `processStart`: tells apart processes of the same id. */
  readonly processStart: string;
  /** ISO 8601: when the drill began, or when it put its fault there. */
  readonly since: string;
}

/** The owner for a drill that begins now, in this process. */
export function newOwner(): DrillOwner {
  return {
    id: randomBytes(4).toString("hex"),
    host: hostname().replace(/[^\w.-]/g, "-"),
    pid: process.pid,
    processStart: processStart(process.pid) ?? "unknown",
    since: new Date().toISOString(),
  };
}

/**
 * One line of text for tags (at most 256 characters, with those that AWS allows in tags), for
 * descriptions of rules and for the names of leases.
 */
export function formatOwner({ id, host, pid, processStart: start, since }: DrillOwner): string {
  return `outage-drill id=${id} host=${host.slice(0, 100)} pid=${String(pid)} start=${start} since=${since}`;
}

const form = /^outage-drill id=(\S+) host=(\S+) pid=(\d+) start=(\S+) since=(\S+)/;

/** Undefined for a text that no drill has written. What comes after the owner is ignored. */
export function parseOwner(text: string | undefined): DrillOwner | undefined {
  const [, id = "", host = "", pid = "", start = "", since = ""] = form.exec(text ?? "") ?? [];
  return id === "" ? undefined : { id, host, pid: Number(pid), processStart: start, since };
}

/** Such as "drill 1f2e3d4c (process 4711 on build-7, since 2026-01-31T12:00:00.000Z)". */
export function describeOwner({ id, host, pid, since }: DrillOwner): string {
  return `drill ${id} (process ${String(pid)} on ${host}, since ${since})`;
}
