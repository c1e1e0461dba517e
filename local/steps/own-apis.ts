import type { FaultGate } from "../faults/fault-gate.ts";
import type { FaultLeases } from "../faults/fault-leases.ts";
import type { FaultStore } from "../faults/fault-store.ts";
import { handleChaosApi } from "./chaos-api.ts";
import { handleFiredApi } from "./fired-api.ts";
import { handleLeaseApi } from "./lease-api.ts";
import type { Step } from "./step.ts";

export interface OwnApis {
  readonly faults: FaultStore;
  readonly leases: FaultLeases;
  readonly gate: Pick<FaultGate, "firedCounts" | "firedOnApplication">;
}

/** What this endpoint has beside AWS's APIs: the Chaos API, leases on its faults, and their counts. */
export function createOwnApis({ faults, leases, gate }: OwnApis): Step {
  return ({ request }) =>
    handleChaosApi(request, { store: faults }) ??
    handleLeaseApi(request, leases) ??
    handleFiredApi(request, gate);
}
