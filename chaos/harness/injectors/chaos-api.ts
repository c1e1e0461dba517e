import { Pool } from "undici";

/** A rule of LocalStack's Chaos API. Source: its OpenAPI description, 2026. */
export interface ChaosFaultRule {
  readonly region?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly probability?: number;
  readonly error?: { readonly statusCode: number; readonly code: string };
}

/** Milliseconds that every call of every service waits. */
export interface ChaosEffects {
  readonly latency: number;
}

const faultsPath = "/_localstack/chaos/faults";
const effectsPath = "/_localstack/chaos/effects";

/** A client of LocalStack's Chaos API, on a connection that knows nothing of proxy variables. */
export class ChaosApi {
  readonly #pool: Pool;
  readonly #timeoutMs: number;

  constructor(endpoint: string, timeoutMs: number) {
    this.#pool = new Pool(new URL(endpoint).origin);
    this.#timeoutMs = timeoutMs;
  }

  /** Whether the endpoint has a Chaos API; rejects when nothing answers. */
  async isThere(): Promise<boolean> {
    const { status, body } = await this.send("GET", faultsPath);
    return status === 200 && Array.isArray(parse(body));
  }

  faults(): Promise<ChaosFaultRule[]> {
    return this.call("GET", faultsPath);
  }

  /** Appends rules; the first one that matches a call decides. */
  addFaults(rules: readonly ChaosFaultRule[]): Promise<ChaosFaultRule[]> {
    return this.call("PATCH", faultsPath, rules);
  }

  /** Removes every rule that is exactly equal to one of these. */
  deleteFaults(rules: readonly ChaosFaultRule[]): Promise<ChaosFaultRule[]> {
    return this.call("DELETE", faultsPath, rules);
  }

  effects(): Promise<ChaosEffects> {
    return this.call("GET", effectsPath);
  }

  setEffects(effects: ChaosEffects): Promise<ChaosEffects> {
    return this.call("POST", effectsPath, effects);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  private async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    const value = parse(answer.body);
    if (answer.status === 200 && value !== undefined) return value as T;
    throw new Error(
      `${method} ${path} answered ${String(answer.status)}: ${answer.body.slice(0, 300)}`,
    );
  }

  private async send(method: Method, path: string, body?: unknown) {
    const answer = await this.#pool.request({
      method,
      path,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    return { status: answer.statusCode, body: await answer.body.text() };
  }
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
