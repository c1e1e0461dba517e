import { setTimeout as delay } from "node:timers/promises";

/** Polls until `find` gives something; fails after 5 s with the name of what was awaited. */
export async function until<T>(
  awaited: string,
  find: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited 5 s in vain for ${awaited}.`);
    await delay(5);
  }
}
