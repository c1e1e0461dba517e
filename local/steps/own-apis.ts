import type { FaultGate } from "../faults/fault-gate.ts";
import type { FaultLeases } from "../faults/fault-leases.ts";
import type { FaultStore } from "../faults/fault-store.ts";
import type { LambdaService } from "../services/lambda/lambda-service.ts";
import { handleChaosApi } from "./chaos-api.ts";
import { handleFiredApi } from "./fired-api.ts";
import { handleLeaseApi } from "./lease-api.ts";
import { handleMappingStateApi } from "./mapping-state-api.ts";
import type { Step } from "./step.ts";

export interface OwnApis {
  readonly faults: FaultStore;
  readonly leases: FaultLeases;
  readonly gate: Pick<FaultGate, "firedCounts" | "firedOnApplication">;
  /** Absent where Lambda is somebody else's. */
  readonly lambda?: Pick<LambdaService, "streamMappings">;
}

/** What this endpoint has beside AWS's APIs: the Chaos API, leases, what fired, what still waits. */
export function createOwnApis({ faults, leases, gate, lambda }: OwnApis): Step {
  return ({ request }) =>
    handleChaosApi(request, { store: faults }) ??
    handleLeaseApi(request, leases) ??
    handleFiredApi(request, gate) ??
    (lambda && handleMappingStateApi(request, () => lambda.streamMappings()));
}
