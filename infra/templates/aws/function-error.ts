import { functionFault, type FunctionFaultArgs } from "./function-fault.ts";

/** Every invocation fails after its function has run: what it did is done, and nobody is told. */
export const functionErrorOnAws = (args: FunctionFaultArgs) =>
  functionFault(args, {
    actionId: "aws:lambda:invocation-error",
    description: "Every function runs and then fails",
    parameters: { preventExecution: "false" },
  });
