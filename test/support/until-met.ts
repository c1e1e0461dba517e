/** Asks until the answer is not `undefined`; fails with what it waited for after 10 s. */
export async function untilMet<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadlineMs) throw new Error(`${what}: not so within 10 s.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
