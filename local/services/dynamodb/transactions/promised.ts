import type { Done } from "../dynalite-parts.ts";
import { runGuarded } from "../run-guarded.ts";

/** A promise of what dynalite calls back with. Rejects with its error, or with what it throws later. */
export async function promised<T>(run: (done: Done<T>) => void): Promise<T> {
  const outcome = await runGuarded<{ error: Error } | { value: T }>((resolve) => {
    run((error, value) => {
      resolve(error ? { error } : { value: value as T });
    });
  });
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}
