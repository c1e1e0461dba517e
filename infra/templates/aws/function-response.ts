import { functionFault, type FunctionFaultArgs } from "./function-fault.ts";

/** Every function behind the API answers 503 without running. */
export const functionResponseOnAws = (args: FunctionFaultArgs) =>
  functionFault(args, {
    actionId: "aws:lambda:invocation-http-integration-response",
    description: "Every function behind the API answers 503 and does not run",
    parameters: {
      preventExecution: "true",
      statusCode: "503",
      contentTypeHeader: "text/plain",
    },
  });
