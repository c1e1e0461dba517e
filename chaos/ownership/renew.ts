import { leaseMs } from "./lease-time.ts";

export interface Renewal {
  /** Ends the renewing. */
  stop(): void;
  /** Why the last attempt failed; undefined when it went through. */
  readonly problem: unknown;
}

/**
 * Renews a lease for as long as this process runs, three times before it would end. An attempt that
 * fails is made again at the next turn: the cloud may be slow for a moment.
 */
export function keepRenewed(renew: () => Promise<unknown>): Renewal {
  let problem: unknown;
  let isUnderWay = false;
  const timer = setInterval(() => {
    if (isUnderWay) return;
    isUnderWay = true;
    renew()
      .then(
        () => (problem = undefined),
        (error: unknown) => (problem = error),
      )
      .finally(() => (isUnderWay = false));
  }, leaseMs / 3);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
    },
    get problem() {
      return problem;
    },
  };
}
