import { functionFault, type FunctionFaultArgs } from "./function-fault.ts";

/** Every function begins 4 s late, as every call does in the tutorial's latency experiment. */
export const latencyOnAws = (args: FunctionFaultArgs) =>
  functionFault(args, {
    actionId: "aws:lambda:invocation-add-delay",
    description: "Every function begins 4 s late",
    parameters: { startupDelayMilliseconds: "4000" },
  });
