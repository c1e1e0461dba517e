/**
 * How long after a failed delivery the next one is tried, in milliseconds; `undefined` when there is
 * no next one. `attempts` is how many have failed.
 *
 * Source: SNS Developer Guide, "Amazon SNS message delivery retries", AWS-managed endpoints: 3 times
 * without delay, 2 times 1 s apart, 10 times with exponential backoff from 1 s to 20 s, 100,000
 * times 20 s apart.
 */
export function nextDeliveryDelayMs(attempts: number): number | undefined {
  if (attempts <= immediate) return 0;
  if (attempts <= immediate + preBackoff) return 1_000;
  if (attempts <= immediate + preBackoff + backoff) {
    const step = attempts - immediate - preBackoff - 1;
    return Math.round(1_000 * 20 ** (step / (backoff - 1)));
  }
  return attempts <= immediate + preBackoff + backoff + postBackoff ? 20_000 : undefined;
}

const immediate = 3;
const preBackoff = 2;
const backoff = 10;
const postBackoff = 100_000;
