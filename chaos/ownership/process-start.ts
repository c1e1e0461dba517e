import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process began, as text that no other process with the same id has: ids are used again, also
 * after a restart of the machine. From `/proc` (proc(5): field 22 of stat is the start in clock ticks
 * since boot), elsewhere from `ps`.
 *
 * @returns undefined when there is no such process; "unknown" when its start cannot be read
 */
export function processStart(pid: number): string | undefined {
  if (!exists(pid)) return undefined;
  return fromProc(pid) ?? fromPs(pid) ?? "unknown";
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function fromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim().slice(0, 8);
    // A zombie has ended; its parent has not yet noticed.
    if (fields[0] === "Z") return "ended";
    return `${boot}-${fields[19] ?? ""}`;
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): string | undefined {
  try {
    const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      timeout: 2_000,
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return started === "" ? undefined : started.replace(/\W+/g, "-");
  } catch {
    return undefined;
  }
}
