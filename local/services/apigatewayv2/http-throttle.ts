import { TokenBucket } from "../apigateway/token-bucket.ts";
import type { HttpStage } from "./http-api.ts";

/** Token buckets of the routes whose stage limits them; those of an account are not served. */
export class HttpThrottle {
  /** A changed stage is another object, and so starts with full buckets. */
  readonly #buckets = new WeakMap<HttpStage, Map<string, TokenBucket>>();

  /** Whether a request may pass now, on a clock that never goes back. */
  take(stage: HttpStage, routeKey: string, nowMs: number): boolean {
    const settings = { ...stage.defaultRouteSettings, ...stage.routeSettings.get(routeKey) };
    const { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst } = settings;
    if (ratePerSecond === undefined || burst === undefined) return true;
    let buckets = this.#buckets.get(stage);
    if (!buckets) this.#buckets.set(stage, (buckets = new Map()));
    let bucket = buckets.get(routeKey);
    if (!bucket) buckets.set(routeKey, (bucket = new TokenBucket({ ratePerSecond, burst }, nowMs)));
    return bucket.take(nowMs);
  }
}
