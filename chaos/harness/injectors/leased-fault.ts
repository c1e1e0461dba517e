import { keepRenewed } from "../../ownership/renew.ts";
import type { Renewal } from "../../ownership/renew.ts";
import type { InjectionEnd } from "../injector.ts";
import type { ChaosApi } from "./chaos-api.ts";
import type { ChaosFaults } from "./to-chaos-faults.ts";

/** A fault of the Chaos API between its beginning and its end. */
export interface ChaosFault {
  begin(): Promise<void>;
  end(): Promise<InjectionEnd>;
}

/**
 * Rules and latency under a lease of the embedded cloud, which removes them when this process no
 * longer renews it.
 *
 * @param owner see `formatOwner`
 */
export function leasedFault(api: ChaosApi, owner: string, faults: ChaosFaults): ChaosFault {
  const name = `${owner} fault`;
  const rules = faults.rules.map((rule) => ({ ...rule, description: owner }));
  let renewal: Renewal | undefined;
  let hasBegun = false;
  return {
    async begin() {
      await api.putLease(name, { faults: rules, latency: faults.latency });
      hasBegun = true;
      renewal = keepRenewed(() => api.renewLease(name));
    },
    async end() {
      renewal?.stop();
      const lease = await api.endLease(name);
      if (!hasBegun || (lease?.faults.length === rules.length && lease.latency === faults.latency))
        return { status: "taken back" };
      return {
        status: "taken back",
        endedEarly: lease
          ? "somebody has removed its rules or changed the latency"
          : "its lease was not renewed in time, and the cloud removed it",
      };
    },
  };
}
