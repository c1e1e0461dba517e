const pattern = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

const longestMs = 12 * 60 * 60 * 1000;

/**
 * Milliseconds of an ISO 8601 duration such as `PT5M`; `undefined` for a text that is none, for
 * nothing at all, and for more than the 12 hours that FIS lets an action run (FIS quotas). AWS
 * begins at a minute; shorter ones are taken here, as a drill may last seconds.
 */
export function parseDuration(text: string): number | undefined {
  const parts = pattern.exec(text)?.slice(1);
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const durationMs = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return durationMs > 0 && durationMs <= longestMs ? durationMs : undefined;
}
