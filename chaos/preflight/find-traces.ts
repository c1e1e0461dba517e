import { chaosApiTraces } from "./chaos-api-traces.ts";
import { fisTraces } from "./fis-traces.ts";
import type { FaultCloud, Trace } from "./trace.ts";

/** Everything on a stack's cloud that perturbs it or that a drill has created. */
export async function findTraces(cloud: FaultCloud): Promise<Trace[]> {
  return [...(await fisTraces(cloud)), ...(await chaosApiTraces(cloud))];
}
