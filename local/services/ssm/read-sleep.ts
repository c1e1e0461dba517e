const pattern = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Longest sleep. Source: Systems Manager User Guide, aws:sleep: seven days. */
const longestMs = 7 * 24 * 60 * 60 * 1000;

/** Milliseconds of an ISO 8601 duration such as `PT5M`. Throws an Error that says what it must be. */
export function readSleep(text: string): number {
  const parts = pattern.exec(text)?.slice(1);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (parts ?? []).map((part) =>
    Number(part ?? 0),
  );
  const durationMs = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  if (durationMs > 0 && durationMs <= longestMs) return durationMs;
  throw new Error(
    `Duration must be an ISO 8601 duration of at most 7 days, such as PT5M, not "${text}".`,
  );
}
