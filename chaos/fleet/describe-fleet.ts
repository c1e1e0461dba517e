import type { Evidence } from "../harness/evidence.ts";
import type { FaultWindow } from "./fault-window.ts";

/** When the fault was, and how much was written while it was. */
export function describeFleetEvidence(
  window: FaultWindow | undefined,
  { all, queued, smallestLossRate }: Evidence,
): string {
  if (!window)
    return "No fault window was given: the verdict is on the data alone, and says nothing of a fault; give --experiment ID or --fault-window FROM/TO.";
  const { fromMs, toMs, source } = window;
  const when = `${iso(fromMs)} to ${iso(toMs)}`;
  const able = `${String(all)} acknowledged writes that were sent and answered in it were able to show their loss`;
  const through = queued > 0 ? `, ${String(queued)} of them through the queue` : "";
  const percent =
    smallestLossRate === undefined
      ? ""
      : `: a loss of ${(smallestLossRate * 100).toPrecision(2)} % of these is found with a probability of 99 %`;
  return `The fault was in effect from ${when} (${source}). ${able}${through}${percent}.`;
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
