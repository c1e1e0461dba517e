import { isDeepStrictEqual } from "node:util";
import type { ChaosApi, ChaosFaultRule, ChaosLease } from "../harness/injectors/chaos-api.ts";
import { readLatencyMark } from "../harness/injectors/rule-marks.ts";
import { parseOwner } from "../ownership/drill-owner.ts";
import type { FaultCloud, Trace } from "./trace.ts";

/** Leases, rules and latency in force; none where there is no Chaos API. */
export async function chaosApiTraces({ chaosApi, endpoint = "" }: FaultCloud): Promise<Trace[]> {
  if (!chaosApi || !(await chaosApi.isThere())) return [];
  const leases = (await chaosApi.leases()) ?? [];
  const rules = (await chaosApi.faults()).filter(
    (rule) => !leases.some(({ faults }) => faults.some((each) => isDeepStrictEqual(each, rule))),
  );
  const { latency } = await chaosApi.effects();
  const leased = leases.reduce((sum, lease) => sum + lease.latency, 0);
  return [
    ...leases.map((lease) => leaseTrace(chaosApi, endpoint, lease)),
    ...ruleTraces(chaosApi, endpoint, rules),
    ...latencyTraces(chaosApi, endpoint, { rules, latency: latency - leased }),
  ];
}

function leaseTrace(api: ChaosApi, endpoint: string, lease: ChaosLease): Trace {
  const { owner, faults, latency, createdAt } = lease;
  const held = [
    ...(faults.length > 0 ? [`${String(faults.length)} rules`] : []),
    ...(latency > 0 ? [`${String(latency)} ms of latency`] : []),
  ];
  return {
    what: `the lease "${owner}" on ${held.join(" and ") || "the stack"}`,
    owner: parseOwner(owner),
    // A lease that is listed has not ended.
    leaseUntil: new Date(Date.now() + 1_000).toISOString(),
    since: createdAt,
    remedy: `curl -X DELETE ${endpoint}/_outage-drill/leases/${encodeURIComponent(owner)}`,
    remove: () => api.endLease(owner),
  };
}

/** One for the rules of each owner; what nobody has signed and hits no call is left out. */
function ruleTraces(api: ChaosApi, endpoint: string, rules: readonly ChaosFaultRule[]): Trace[] {
  const others = rules.filter((rule) => readLatencyMark(rule) === undefined);
  const groups = Map.groupBy(others, ({ description }) =>
    parseOwner(description) ? description : undefined,
  );
  return [...groups].flatMap(([description, group]) => {
    const hitting = description === undefined ? group.filter(isInForce) : group;
    const [first] = hitting;
    if (!first) return [];
    const count = hitting.length === 1 ? "the rule" : `${String(hitting.length)} rules such as`;
    return [
      {
        what: `${count} ${JSON.stringify(first)} of the Chaos API`,
        owner: parseOwner(description),
        remedy: `curl -X DELETE -H 'content-type: application/json' -d '${JSON.stringify(hitting)}' ${endpoint}/_localstack/chaos/faults`,
        remove: () => api.deleteFaults(hitting),
      },
    ];
  });
}

function isInForce({ probability = 1 }: ChaosFaultRule): boolean {
  return probability > 0;
}

interface LatencyInForce {
  readonly rules: readonly ChaosFaultRule[];
  /** Milliseconds that no lease holds. */
  readonly latency: number;
}

function latencyTraces(
  api: ChaosApi,
  endpoint: string,
  { rules, latency }: LatencyInForce,
): Trace[] {
  let unexplained = latency;
  const traces = rules.flatMap((rule): Trace[] => {
    const mark = readLatencyMark(rule);
    if (!mark) return [];
    // The mark is set before the latency and removed after it.
    const added = latency === mark.before ? 0 : Math.min(mark.added, unexplained);
    unexplained -= added;
    return [
      {
        what: `${String(added)} ms of latency of the Chaos API`,
        owner: parseOwner(rule.description),
        remedy: effectsRemedy(endpoint, latency - added),
        async remove() {
          const now = await api.effects();
          if (added > 0) await api.setEffects({ latency: Math.max(0, now.latency - added) });
          await api.deleteFaults([rule]);
        },
      },
    ];
  });
  if (unexplained > 0)
    traces.push({
      what: `${String(unexplained)} ms of latency of the Chaos API`,
      owner: undefined,
      remedy: effectsRemedy(endpoint, latency - unexplained),
      remove: () => api.setEffects({ latency: latency - unexplained }),
    });
  return traces;
}

function effectsRemedy(endpoint: string, latency: number): string {
  return `curl -X POST -H 'content-type: application/json' -d '{"latency":${String(latency)}}' ${endpoint}/_localstack/chaos/effects`;
}
