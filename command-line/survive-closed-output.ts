/** A reader that has gone (EPIPE of a pipe, EIO of a closed terminal) is no news to anybody. */
const goneReader = new Set(["EPIPE", "EIO", "ECONNRESET", "ERR_STREAM_DESTROYED"]);

/**
 * Lets a command go on, with the exit code that it would have had, when its output can no longer be
 * written: because nobody reads it any more, or because a disk is full, which is said once on stderr.
 */
export function surviveClosedOutput(): void {
  let isSaid = false;
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", ({ code = "unknown" }: NodeJS.ErrnoException) => {
    if (isSaid || goneReader.has(code)) return;
    isSaid = true;
    process.stderr.write(
      `The output cannot be written (${code}); the command goes on without it.\n`,
    );
  });
}
