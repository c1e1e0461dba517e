import type { ChaosFaultRule } from "./chaos-api.ts";

/**
 * A rule that no call matches, since no service has this name: on a Chaos API without leases it is
 * where a drill writes what it has on the stack.
 */
const service = "outage-drill";

/** Says which drill has the stack. */
export function claimMark(owner: string): ChaosFaultRule {
  return { service, operation: "Claim", probability: 0, description: owner };
}

export interface MarkedLatency {
  /** Milliseconds. */
  readonly added: number;
  /** Milliseconds that were in force before. */
  readonly before: number;
}

/** Says which drill has added to the latency. */
export function latencyMark(owner: string, { added, before }: MarkedLatency): ChaosFaultRule {
  const description = `${owner} latency=${String(added)} before=${String(before)}`;
  return { service, operation: "Latency", probability: 0, description };
}

/** Undefined for any other rule. */
export function readLatencyMark(rule: ChaosFaultRule): MarkedLatency | undefined {
  if (rule.service !== service || rule.operation !== "Latency") return undefined;
  const [, added, before] = / latency=(\d+) before=(\d+)$/.exec(rule.description ?? "") ?? [];
  return added === undefined ? undefined : { added: Number(added), before: Number(before) };
}
