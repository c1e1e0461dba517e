import { access, constants, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CannotRunError } from "../cannot-run-error.ts";

/**
 * Makes the folder of a badge. The file itself stays as it was until there is a result: whoever asks for it
 * meanwhile gets the former one, and not half a one.
 *
 * @throws CannotRunError when the file could not be written
 */
export async function assertBadgeWritable(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    await access(found ? file : dirname(file), constants.W_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CannotRunError(
      `Cannot write the badge to ${file} (${code ?? message}): choose another place with --badge FILE. Nothing was injected.`,
      { cause: error },
    );
  }
}
