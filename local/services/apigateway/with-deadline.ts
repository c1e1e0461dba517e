/** What `run` answers, `undefined` when `timeoutMs` have passed first, which also aborts its signal. */
export async function withDeadline<T>(
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
      deadline.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([run(deadline.signal), passed]);
  } finally {
    clearTimeout(timer);
  }
}
