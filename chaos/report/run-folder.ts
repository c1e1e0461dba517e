import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** The name of a run's folder: the time at which it began, in UTC, such as `2026-11-25T131502Z`. */
function nameOf(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(":", "")}Z`;
}

/**
 * Makes a new folder for a run below another, and lets `latest` beside it lead there. A second run of
 * the same second gets a number.
 *
 * @returns its path; if it could not be made, the first one that was tried
 */
export async function makeRunFolder(parent: string, time = new Date()): Promise<string> {
  const first = resolve(parent, nameOf(time));
  try {
    await mkdir(parent, { recursive: true });
    const folder = await makeFirstFree(first);
    await pointLatestTo(folder);
    return folder;
  } catch {
    // Whoever writes there finds out why, and reports it.
    return first;
  }
}

async function makeFirstFree(first: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? first : `${first}-${String(number)}`;
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || number > 999) throw error;
    }
  }
}

/** A link or, where there are none, a file with the folder's name. No run fails for it. */
async function pointLatestTo(folder: string): Promise<void> {
  const latest = join(dirname(folder), "latest");
  try {
    await rm(latest, { force: true });
    await symlink(basename(folder), latest, "dir").catch(() =>
      writeFile(latest, `${basename(folder)}\n`),
    );
  } catch {
    // Something else has this name, or another drill was faster.
  }
}
