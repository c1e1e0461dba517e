import type { FaultGate } from "../faults/fault-gate.ts";
import type { Step } from "./step.ts";

/** Lets the rules of running experiments and of the Chaos API decide about a call. */
export function createInjectFault(gate: FaultGate): Step {
  return ({ call, signal }) => {
    if (!call) return undefined;
    return gate.pass(call, signal)?.then(() => undefined);
  };
}
