import { countOf } from "./count-of.ts";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { HistoryPart } from "./read-history.ts";

/** Processes of one machine read one clock; each knows its time of day to about this. */
const oneMachineMs = 1;
/** Machines that follow NTP, when nobody has said how well. */
const severalMachinesMs = 100;

/** How far clocks may be off each other, and why that was taken. */
export interface ClockError {
  readonly ms: number;
  readonly sentence: string;
}

/**
 * Tells machines, and their restarts, apart: Linux's id of the boot (proc(5), random/boot_id), else the
 * name of the host.
 */
export function machineId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return hostname();
  }
}

/** @param givenMs what the user said; undefined when nothing */
export function chooseClockError(
  parts: readonly HistoryPart[],
  givenMs: number | undefined,
): ClockError {
  const machines = new Set(parts.map(({ worker }) => worker?.machine));
  const isHere = machines.size === 1 && machines.has(machineId());
  const ms = givenMs ?? (isHere ? oneMachineMs : severalMachinesMs);
  const where = isHere
    ? "this machine"
    : machines.has(undefined)
      ? "machines that the histories do not name"
      : countOf(machines.size, "other machine", "machines");
  const why =
    givenMs === undefined
      ? `as is assumed for ${isHere ? "one machine" : "machines that follow NTP"}; say it with --clock-error MS`
      : "as --clock-error says";
  return {
    ms,
    sentence: `Clocks: ${countOf(parts.length, "process", "processes")} on ${where}, judged with clocks that are up to ${String(ms)} ms off (${why}).`,
  };
}
