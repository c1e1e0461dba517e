import { injectedErrorMessage, type FisAction } from "./action.ts";
import {
  readName,
  readNumber,
  readOperations,
  readProbability,
  readService,
} from "./parameters.ts";

const longestLatencySeconds = 12 * 60 * 60;

/**
 * The action of the LocalStack tutorial on FIS. With a `latency` the call waits and then fails, as
 * the tutorial's latency template shows.
 */
export const localstackApiError: FisAction = {
  id: "localstack:generic:api-error",
  description: "Fails calls to AWS services, after a delay where one is given, until stopped.",
  parameters: {
    region: { description: "Default: the region of the experiment.", required: false },
    service: { description: "Signing name or SDK name. Default: all.", required: false },
    operation: { description: "Operations, or all. Default: all.", required: false },
    api: { description: "Another spelling of operation.", required: false },
    apiCall: { description: "Another spelling of operation.", required: false },
    percentage: { description: "Calls that are hit, 0 to 100. Default: 100.", required: false },
    exception: { description: "Error code. Default: InternalError.", required: false },
    errorCode: { description: "HTTP status, 400 to 599. Default: 500.", required: false },
    latency: { description: "Delay before the error, in seconds.", required: false },
  },
  targets: {},
  takesAnyTarget: true,
  plan(parameters) {
    const region = readName(parameters, "region", /^[A-Za-z0-9-]+$/);
    const service = readService(parameters);
    const operations = readOperations(parameters, ["operation", "api", "apiCall"]);
    const probability = readProbability(parameters);
    const latency = readNumber(parameters, "latency", { min: 0, max: longestLatencySeconds });
    const error = {
      code: readName(parameters, "exception", /^[A-Za-z0-9._:#-]+$/) ?? "InternalError",
      status: readNumber(parameters, "errorCode", { min: 400, max: 599, whole: true }) ?? 500,
      message: injectedErrorMessage,
    };
    return {
      durationMs: undefined,
      faults: (context) => [
        {
          match: {
            region: region ?? context.region,
            ...(service !== undefined && { service }),
            ...(operations && { operations }),
          },
          probability,
          effect: {
            ...(latency !== undefined && { delay: { delayMs: latency * 1000 } }),
            error,
          },
        },
      ],
    };
  },
};
