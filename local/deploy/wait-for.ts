import { setTimeout as delay } from "node:timers/promises";

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 500;

/**
 * Asks until an answer fits, with growing pauses.
 *
 * @throws Error that names what was awaited, for how long, and the last answer.
 */
export async function waitFor<Answer>(wait: {
  what: string;
  timeoutMs: number;
  ask: () => Promise<Answer>;
  until: (answer: Answer) => boolean;
}): Promise<Answer> {
  const deadline = performance.now() + wait.timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const answer = await wait.ask();
    if (wait.until(answer)) {
      return answer;
    }
    if (performance.now() + pauseMs > deadline) {
      throw new Error(
        `waited ${String(wait.timeoutMs / 1000)} s for ${wait.what}; the last answer was ` +
          JSON.stringify(answer),
      );
    }
    await delay(pauseMs);
  }
}
