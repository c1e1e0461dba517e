/**
 * How long a fault outlives a drill that was killed, in milliseconds; renewed three times as often.
 * `OUTAGE_DRILL_LEASE_SECONDS` shortens it for tests that wait for the end of a lease.
 */
export const leaseMs = secondsOf(process.env["OUTAGE_DRILL_LEASE_SECONDS"]) * 1000;

function secondsOf(text: string | undefined): number {
  const seconds = Number(text);
  return seconds > 0 && seconds <= 30 ? seconds : 30;
}
