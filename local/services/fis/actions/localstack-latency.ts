import { ParameterError, type FisAction } from "./action.ts";
import { readName, readNumber, readOperations, readService } from "./parameters.ts";

const longestDelayMs = 12 * 60 * 60 * 1000;

export const localstackLatency: FisAction = {
  id: "localstack:generic:latency",
  description: "Delays calls to AWS services until stopped.",
  parameters: {
    region: { description: "Default: the region of the experiment.", required: false },
    service: { description: "Signing name or SDK name. Default: all.", required: false },
    operation: { description: "Operations, or all. Default: all.", required: false },
    api: { description: "Another spelling of operation.", required: false },
    apiCall: { description: "Another spelling of operation.", required: false },
    latencyMilliseconds: { description: "Delay of each call.", required: true },
  },
  targets: {},
  takesAnyTarget: true,
  plan(parameters) {
    const region = readName(parameters, "region", /^[A-Za-z0-9-]+$/);
    const service = readService(parameters);
    const operations = readOperations(parameters, ["operation", "api", "apiCall"]);
    const delayMs = readNumber(parameters, "latencyMilliseconds", { min: 0, max: longestDelayMs });
    if (delayMs === undefined) throw new ParameterError("latencyMilliseconds is missing");
    return {
      durationMs: undefined,
      faults: (context) => [
        {
          match: {
            region: region ?? context.region,
            ...(service !== undefined && { service }),
            ...(operations && { operations }),
          },
          probability: 1,
          effect: { delay: { delayMs } },
        },
      ],
    };
  },
};
