import type { FaultGate } from "../faults/fault-gate.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { HttpAnswer } from "../wire/http.ts";
import { writeError } from "../wire/write-error.ts";
import type { Exchange, Step } from "./step.ts";

/**
 * Lets the rules of running experiments and of the Chaos API decide about a call. A call that is hit
 * and reaches its service all the same does so here, because some faults act on the answer; any
 * other goes on to the next step.
 *
 * @param dispatch the step that has the service answer
 */
export function createInjectFault(gate: FaultGate, dispatch: Step): Step {
  return (exchange) => {
    const { call, signal } = exchange;
    // What is no call of AWS has no service to fail.
    if (!call || call.service === "") return undefined;
    return gate.pass(call, () => answerOf(call, exchange, dispatch), signal);
  };
}

/** The service's answer, an error's also: what a fault does to an answer, it does to both. */
async function answerOf(
  call: AwsCall,
  exchange: Exchange,
  dispatch: Step,
): Promise<HttpAnswer | undefined> {
  try {
    return await dispatch(exchange);
  } catch (error) {
    if (error instanceof AwsError) return writeError(error, call);
    throw error;
  }
}
