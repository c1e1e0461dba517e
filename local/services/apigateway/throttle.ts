import { findMethodSetting } from "./method-setting.ts";
import type { Stage } from "./rest-api.ts";
import type { Route } from "./route-table.ts";
import { TokenBucket } from "./token-bucket.ts";

/**
 * Token buckets of the methods whose stage limits them. Without a limit in the stage none applies:
 * those of an account are not served. Source: API Gateway developer guide, "Throttle requests".
 */
export class Throttle {
  /** A changed stage is another object, and so starts with full buckets. */
  readonly #buckets = new WeakMap<Stage, Map<Route, TokenBucket | undefined>>();

  /** Whether a request may pass now, on a clock that never goes back. */
  take(stage: Stage, route: Route, nowMs: number): boolean {
    if (stage.methodSettings.size === 0) return true;
    return this.#find(stage, route, nowMs)?.take(nowMs) ?? true;
  }

  #find(stage: Stage, route: Route, nowMs: number): TokenBucket | undefined {
    let buckets = this.#buckets.get(stage);
    if (!buckets) this.#buckets.set(stage, (buckets = new Map()));
    if (!buckets.has(route)) buckets.set(route, createBucket(stage, route, nowMs));
    return buckets.get(route);
  }
}

/** `undefined` where a limit is -1, which lifts it. */
function createBucket(stage: Stage, route: Route, nowMs: number): TokenBucket | undefined {
  const setting = findMethodSetting(stage, route.resourcePath, route.httpMethod);
  if (!setting || setting.throttlingRateLimit < 0 || setting.throttlingBurstLimit < 0)
    return undefined;
  const { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst } = setting;
  return new TokenBucket({ ratePerSecond, burst }, nowMs);
}
