import { Pool } from "undici";
import type { Product } from "./product.ts";

export interface Answer {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string;
}

export interface ProductApiOptions {
  /** The stack's `productApiUrl`. */
  readonly url: string;
  /** Where an emulated cloud listens; hosts that only public DNS knows are reached there. */
  readonly endpoint?: string | undefined;
  /** After this long a request is given up. */
  readonly timeoutMs: number;
}

/**
 * The product API as a caller sees it, over connections of its own: a pool that grows with the
 * requests in flight, keeps connections alive, and knows nothing of proxy variables.
 */
export class ProductApi {
  readonly #pool: Pool;
  readonly #url: URL;
  readonly #timeoutMs: number;

  constructor({ url, endpoint, timeoutMs }: ProductApiOptions) {
    this.#url = new URL(url);
    this.#timeoutMs = timeoutMs;
    const { hostname, origin: own } = this.#url;
    const origin = endpoint && isLocalName(hostname) ? new URL(endpoint).origin : own;
    this.#pool = new Pool(origin, { headersTimeout: 0, bodyTimeout: 0 });
  }

  post(product: Product, signal?: AbortSignal): Promise<Answer> {
    return this.send("POST", JSON.stringify(product), "", signal);
  }

  get(id: string, signal?: AbortSignal): Promise<Answer> {
    return this.send("GET", undefined, `?id=${encodeURIComponent(id)}`, signal);
  }

  /** Ends the connections, also those in use. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  private async send(
    method: "GET" | "POST",
    body: string | undefined,
    query: string,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const answer = await this.#pool.request({
      method,
      path: `${this.#url.pathname}${query}`,
      headers: {
        host: this.#url.host,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body }),
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    const retryAfter = answer.headers["retry-after"];
    return {
      status: answer.statusCode,
      body: await answer.body.text(),
      ...(typeof retryAfter === "string" && { retryAfter }),
    };
  }
}

function isLocalName(hostname: string): boolean {
  return hostname.endsWith(".localhost.localstack.cloud") || hostname.endsWith(".localhost");
}
