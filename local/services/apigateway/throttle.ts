import { findMethodSetting } from "./method-setting.ts";
import type { Stage } from "./rest-api.ts";
import type { Route } from "./route-table.ts";

interface Bucket {
  readonly ratePerSecond: number;
  readonly burst: number;
  tokens: number;
  filledAtMs: number;
}

/**
 * Token buckets of the methods whose stage limits them. Without a limit in the stage none applies:
 * those of an account are not served. Source: API Gateway developer guide, "Throttle requests".
 */
export class Throttle {
  /** A changed stage is another object, and so starts with full buckets. */
  readonly #buckets = new WeakMap<Stage, Map<Route, Bucket | undefined>>();

  /** Whether a request may pass now, on a clock that never goes back. */
  take(stage: Stage, route: Route, nowMs: number): boolean {
    if (stage.methodSettings.size === 0) return true;
    const bucket = this.#find(stage, route, nowMs);
    if (!bucket) return true;
    const added = ((nowMs - bucket.filledAtMs) / 1000) * bucket.ratePerSecond;
    bucket.tokens = Math.min(bucket.burst, bucket.tokens + added);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #find(stage: Stage, route: Route, nowMs: number): Bucket | undefined {
    let buckets = this.#buckets.get(stage);
    if (!buckets) this.#buckets.set(stage, (buckets = new Map()));
    if (!buckets.has(route)) buckets.set(route, createBucket(stage, route, nowMs));
    return buckets.get(route);
  }
}

/** `undefined` where a limit is -1, which lifts it. */
function createBucket(stage: Stage, route: Route, nowMs: number): Bucket | undefined {
  const setting = findMethodSetting(stage, route.resourcePath, route.httpMethod);
  if (!setting || setting.throttlingRateLimit < 0 || setting.throttlingBurstLimit < 0)
    return undefined;
  const { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst } = setting;
  return { ratePerSecond, burst, tokens: burst, filledAtMs: nowMs };
}
