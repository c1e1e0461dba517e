import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CannotRunError } from "../cannot-run-error.ts";

/** As large as a small journal, so that a full disk shows. */
const probe = Buffer.alloc(256 * 1024, "x");

/**
 * Makes the folder of the reports and writes a file there and to the summary, so that what cannot be
 * written is known before anything is injected.
 *
 * @param summary file that the result is appended to, if any
 * @throws CannotRunError
 */
export async function assertWritable(directory: string, summary?: string): Promise<void> {
  const file = join(directory, `.probe-${String(process.pid)}`);
  try {
    await makeFolder(directory);
    await writeFile(file, probe);
  } catch (error) {
    throw cannotWrite(`the reports to ${directory}`, "--reports DIR", error);
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
  if (summary === undefined) return;
  await appendFile(summary, "").catch((error: unknown) => {
    throw cannotWrite(`the summary to ${summary}`, "--summary FILE", error);
  });
}

/** As `mkdir -p`; Node's own recursion does not end below a folder such as /proc. */
async function makeFolder(path: string): Promise<void> {
  const ignoreExisting = (error: unknown): void => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  };
  try {
    await mkdir(path).catch(ignoreExisting);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch(ignoreExisting);
  }
}

function cannotWrite(what: string, option: string, error: unknown): CannotRunError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CannotRunError(
    `Cannot write ${what} (${code ?? message}): make room or choose another place with ${option}. Nothing was injected.`,
    { cause: error },
  );
}
