import { readdirSync, readFileSync } from "node:fs";

/**
 * Resident memory of a process and all that it started, in MB (10⁶ bytes). Reads Linux's /proc;
 * `undefined` elsewhere. Source: proc(5), VmRSS.
 */
export function residentMemoryMb(pid: number): number | undefined {
  try {
    const children = new Map<number, number[]>();
    for (const name of readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const parent = readStatus(Number(name), "PPid");
      if (parent !== undefined)
        children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
    const family = [pid];
    for (const member of family) family.push(...(children.get(member) ?? []));
    const kib = family.reduce((sum, member) => sum + (readStatus(member, "VmRSS") ?? 0), 0);
    return (kib * 1024) / 1e6;
  } catch {
    return undefined;
  }
}

function readStatus(pid: number, field: string): number | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
    const value = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1];
    return value === undefined ? undefined : Number(value);
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
