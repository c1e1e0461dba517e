import { CannotRunError } from "../cannot-run-error.ts";
import type { ChaosApi } from "../harness/injectors/chaos-api.ts";
import { claimMark } from "../harness/injectors/rule-marks.ts";
import { describeOwner, formatOwner, parseOwner } from "../ownership/drill-owner.ts";
import type { DrillOwner } from "../ownership/drill-owner.ts";
import { registerFault } from "../ownership/faults-in-effect.ts";
import { isAlive } from "../ownership/is-alive.ts";
import { keepRenewed } from "../ownership/renew.ts";
import { stopCommand } from "./stop-command.ts";
import type { FaultCloud } from "./trace.ts";

export interface Claim {
  release(): Promise<void>;
}

/**
 * Tells other drills that this one has the stack, from before its load until its end: by a lease of the
 * embedded cloud, which ends with the drill, or by a rule that matches no call. Where there is neither
 * (FIS alone), a drill shows only by its experiments.
 *
 * @throws CannotRunError when another drill has claimed it first
 */
export async function claimStack(cloud: FaultCloud, owner: DrillOwner): Promise<Claim> {
  const { chaosApi, endpoint } = cloud;
  if (!chaosApi || !(await chaosApi.isThere())) return { release: () => Promise.resolve() };
  const begin = (await chaosApi.leases()) ? claimByLease : claimByRule;
  const release = await begin(chaosApi, formatOwner(owner));
  const forget = registerFault({
    what: "the claim of this drill on the stack",
    remedy: stopCommand(endpoint),
    undo: release,
  });
  const claim = {
    async release() {
      await release();
      forget();
    },
  };
  const first = (await claimants(chaosApi)).find((each) => each.id === owner.id || isAlive(each));
  if (first === undefined || first.id === owner.id) return claim;
  await claim.release();
  throw new CannotRunError(
    `Another drill has this stack: ${describeOwner(first)}, which began in the same moment; wait for its end.`,
  );
}

async function claimByLease(api: ChaosApi, name: string): Promise<() => Promise<unknown>> {
  const put = () => api.putLease(name, { faults: [], latency: 0 });
  await put();
  const renewal = keepRenewed(put);
  return () => {
    renewal.stop();
    return api.endLease(name);
  };
}

async function claimByRule(api: ChaosApi, name: string): Promise<() => Promise<unknown>> {
  const rule = claimMark(name);
  await api.addFaults([rule]);
  return () => api.deleteFaults([rule]);
}

/** In the order in which they have claimed the stack. */
async function claimants(api: ChaosApi): Promise<DrillOwner[]> {
  const leases = (await api.leases()) ?? [];
  const rules = await api.faults();
  return [...leases.map(({ owner }) => owner), ...rules.map(({ description }) => description)]
    .map((text) => parseOwner(text))
    .filter((owner) => owner !== undefined);
}
