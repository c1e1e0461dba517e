import { mkdirSync, readdirSync, readFileSync, rmSync, lstatSync, chmodSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

let own: string | undefined;

/**
 * Folder for this process's temporary files, in the one folder of the user's that nobody else may look
 * into. It is named after the process, by its id and its start. The first call makes it and removes
 * those of processes that are gone, as after SIGKILL; an ordinary exit removes it.
 */
export function privateFolder(): string {
  if (own !== undefined) return own;
  const parent = parentFolder();
  for (const name of readdirSync(parent)) removeIfLeft(parent, name);
  const folder = join(parent, ownerName(process.pid));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  own = folder;
  return folder;
}

/** What may outlive the process: compiled code, which the next one starts faster with. */
export function cacheFolder(): string {
  return join(dirname(privateFolder()), "compile-cache");
}

function parentFolder(): string {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `outage-drill-${uid < 0 ? userInfo().username : String(uid)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || (uid >= 0 && found.uid !== uid))
    throw new Error(
      `${folder} is not a folder of yours; remove it, or point TMPDIR at another folder.`,
    );
  if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return folder;
}

function removeIfLeft(parent: string, name: string): void {
  const pid = Number(/^(\d+)-/.exec(name)?.[1]);
  if (Number.isInteger(pid) && !isAlive(pid, name))
    rmSync(join(parent, name), { recursive: true, force: true });
}

/** A pid may belong to another process by now; its start tells the two apart. */
function isAlive(pid: number, name: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startOf(pid) === undefined || ownerName(pid) === name;
}

function ownerName(pid: number): string {
  return `${String(pid)}-${startOf(pid) ?? "0"}`;
}

/**
 * When a process started, in clock ticks since the machine did; `undefined` where the system does
 * not say. Source: proc(5), field 22 of `/proc/PID/stat`, which follows a name that may hold spaces.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
