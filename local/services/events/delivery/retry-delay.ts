const firstMs = 1_000;
const longestMs = 480_000;

/**
 * How long to wait after `failures` failed attempts, in milliseconds: exponentially longer, up to 8
 * minutes, with which 185 attempts take the 24 hours that they may, less up to half at random. AWS
 * documents only that it is exponential with jitter.
 * Source: EventBridge User Guide, "How EventBridge retries delivering events".
 */
export function retryDelayMs(failures: number, random: () => number = Math.random): number {
  const fullMs = Math.min(firstMs * 2 ** Math.min(failures - 1, 30), longestMs);
  return Math.round(fullMs * (1 - random() / 2));
}
