import type { ChaosFaultRule } from "./chaos-schema.ts";
import { toFaultRule, toNetworkRule } from "./chaos-schema.ts";
import type { FaultStore } from "./fault-store.ts";
import type { FaultRule } from "./rule.ts";

const faultsOwner = "chaos-faults";
const effectsOwner = "chaos-effects";

/** What a lease puts into force; either may be none. */
export interface LeasedFaults {
  readonly faults: readonly ChaosFaultRule[];
  /** Milliseconds on top of the latency already in force. */
  readonly latency: number;
}

/** A lease as its holder sees it: rules and latency that are still in force. */
export interface FaultLease extends LeasedFaults {
  readonly owner: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Seconds from the last renewal until the lease ends. */
  readonly seconds: number;
  /** Milliseconds left. */
  readonly expiresInMs: number;
}

/**
 * Leases on the rules and the latency of the Chaos API. When a lease ends, by request or because it
 * was not renewed in time, exactly what it has put there is removed: a rule that somebody else has
 * posted, equal or not, stays, and so does a latency that somebody has set since.
 */
export interface FaultLeases {
  /** In the order of their creation. */
  list(): FaultLease[];
  get(owner: string): FaultLease | undefined;
  /** Creates the lease, or puts other faults in the place of those that it has. */
  put(owner: string, seconds: number, leased: LeasedFaults): FaultLease;
  /** `undefined` when there is no such lease, because it has ended. */
  renew(owner: string, seconds: number): FaultLease | undefined;
  /** Returns the lease as it was; `undefined` when there is none. */
  end(owner: string): FaultLease | undefined;
  close(): void;
}

interface Held {
  readonly createdAt: Date;
  rules: readonly FaultRule[];
  latency: number;
  seconds: number;
  timer: NodeJS.Timeout;
  /** On the clock of `performance.now()`. */
  expiresAtMs: number;
}

export interface FaultLeasesOptions {
  readonly store: FaultStore;
  /** Hears of a lease that ended because nobody renewed it. */
  onExpiry(lease: FaultLease): void;
}

export function createFaultLeases({ store, onExpiry }: FaultLeasesOptions): FaultLeases {
  const leases = new Map<string, Held>();
  /** The latency's rule as a lease has left it; another one is somebody else's. */
  let latencyRule: FaultRule | undefined;

  function setLatency(delayMs: number): void {
    latencyRule = delayMs > 0 ? toNetworkRule(delayMs) : undefined;
    store.replace(effectsOwner, latencyRule ? [latencyRule] : []);
  }

  function currentLatency(): number {
    return store.rulesOf(effectsOwner)[0]?.effect.delay?.delayMs ?? 0;
  }

  function isLatencyOurs(): boolean {
    return latencyRule !== undefined && store.rulesOf(effectsOwner)[0] === latencyRule;
  }

  function apply(held: Held, { faults, latency }: LeasedFaults): void {
    held.rules = faults.map(toFaultRule);
    held.latency = latency;
    if (held.rules.length > 0)
      store.replace(faultsOwner, [...store.rulesOf(faultsOwner), ...held.rules]);
    if (latency === 0) return;
    // What an earlier lease has added counts only for as long as nobody else sets the latency.
    if (!isLatencyOurs()) for (const each of leases.values()) if (each !== held) each.latency = 0;
    setLatency(currentLatency() + latency);
  }

  function withdraw(held: Held): void {
    const rest = store.rulesOf(faultsOwner).filter((rule) => !held.rules.includes(rule));
    store.replace(faultsOwner, rest);
    if (held.latency > 0 && isLatencyOurs()) setLatency(currentLatency() - held.latency);
  }

  function view(owner: string, held: Held): FaultLease {
    const { createdAt, rules, latency, seconds, expiresAtMs } = held;
    return {
      owner,
      createdAt: createdAt.toISOString(),
      seconds,
      expiresInMs: Math.max(0, Math.round(expiresAtMs - performance.now())),
      faults: rules
        .filter((rule) => store.isInForce(rule))
        .flatMap(({ owner: from }) => (from.kind === "chaos-faults" ? [from.rule] : [])),
      latency: isLatencyOurs() ? latency : 0,
    };
  }

  function arm(owner: string, held: Held, seconds: number): void {
    clearTimeout(held.timer);
    held.seconds = seconds;
    held.expiresAtMs = performance.now() + seconds * 1000;
    held.timer = setTimeout(() => {
      const ended = end(owner);
      if (ended) onExpiry(ended);
    }, seconds * 1000).unref();
  }

  function end(owner: string): FaultLease | undefined {
    const held = leases.get(owner);
    if (!held) return undefined;
    const ended = view(owner, held);
    clearTimeout(held.timer);
    leases.delete(owner);
    withdraw(held);
    return ended;
  }

  return {
    list: () => [...leases].map(([owner, held]) => view(owner, held)),
    get(owner) {
      const held = leases.get(owner);
      return held && view(owner, held);
    },
    put(owner, seconds, leased) {
      const earlier = leases.get(owner);
      if (earlier) withdraw(earlier);
      const held: Held = earlier ?? {
        createdAt: new Date(),
        rules: [],
        latency: 0,
        seconds,
        timer: setTimeout(() => undefined),
        expiresAtMs: 0,
      };
      leases.set(owner, held);
      apply(held, leased);
      arm(owner, held, seconds);
      return view(owner, held);
    },
    renew(owner, seconds) {
      const held = leases.get(owner);
      if (!held) return undefined;
      arm(owner, held, seconds);
      return view(owner, held);
    },
    end,
    close() {
      for (const owner of leases.keys()) end(owner);
    },
  };
}
