import { Pool } from "undici";
import { leaseMs } from "../../ownership/lease-time.ts";

/** A rule of LocalStack's Chaos API. Source: its OpenAPI description, 2026. */
export interface ChaosFaultRule {
  readonly region?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly probability?: number;
  readonly error?: { readonly statusCode: number; readonly code: string };
  /** Names the drill that has put the rule there. */
  readonly description?: string;
}

/** A lease of the embedded cloud on rules and latency, as it is in force. */
export interface ChaosLease {
  /** See `formatOwner`. */
  readonly owner: string;
  readonly createdAt: string;
  readonly faults: readonly ChaosFaultRule[];
  readonly latency: number;
}

export interface LeaseRequest {
  readonly faults: readonly ChaosFaultRule[];
  readonly latency: number;
}

/** Milliseconds that every call of every service waits. */
export interface ChaosEffects {
  readonly latency: number;
}

const faultsPath = "/_localstack/chaos/faults";
const effectsPath = "/_localstack/chaos/effects";
const firedPath = "/_outage-drill/fired";
const leasesPath = "/_outage-drill/leases";

/** A client of LocalStack's Chaos API, on a connection that knows nothing of proxy variables. */
export class ChaosApi {
  readonly #pool: Pool;
  readonly #timeoutMs: number;

  constructor(endpoint: string, timeoutMs: number) {
    this.#pool = new Pool(new URL(endpoint).origin);
    this.#timeoutMs = timeoutMs;
  }

  /** How many of the application's calls faults have hit, by their owners; undefined where nobody counts. */
  async fired(): Promise<Readonly<Record<string, number>> | undefined> {
    const { status, body } = await this.send("GET", firedPath);
    if (status !== 200) return undefined;
    try {
      return (JSON.parse(body) as { application?: Record<string, number> }).application;
    } catch {
      return undefined;
    }
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

  /** Undefined where there are no leases, as on LocalStack. */
  async leases(): Promise<ChaosLease[] | undefined> {
    const { status, body } = await this.send("GET", leasesPath);
    const { leases } = (parse(body) ?? {}) as { leases?: ChaosLease[] };
    return status === 200 && Array.isArray(leases) ? leases : undefined;
  }

  /** Creates a lease, or puts these faults in the place of those that it has. */
  putLease(owner: string, { faults, latency }: LeaseRequest): Promise<ChaosLease> {
    const seconds = leaseMs / 1000;
    return this.call("PUT", leasePath(owner), { seconds, faults, latency });
  }

  /** @throws when the lease has ended */
  renewLease(owner: string): Promise<ChaosLease> {
    return this.call("PUT", leasePath(owner), { seconds: leaseMs / 1000 });
  }

  /** Ends the lease and returns it as it was; undefined when it had ended before. */
  async endLease(owner: string): Promise<ChaosLease | undefined> {
    const answer = await this.send("DELETE", leasePath(owner));
    if (answer.status === 404) return undefined;
    if (answer.status === 200) return parse(answer.body) as ChaosLease;
    throw unexpected("DELETE", leasesPath, answer);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  private async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    const value = parse(answer.body);
    if (answer.status === 200 && value !== undefined) return value as T;
    throw unexpected(method, path, answer);
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

type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

function leasePath(owner: string): string {
  return `${leasesPath}/${encodeURIComponent(owner)}`;
}

function unexpected(method: Method, path: string, answer: { status: number; body: string }): Error {
  return new Error(
    `${method} ${path.replace(/(leases)\/.*/, "$1/OWNER")} answered ${String(answer.status)}: ${answer.body.slice(0, 300)}`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
