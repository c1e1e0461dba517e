import { toSigningName } from "../../../faults/service-name.ts";
import { injectedErrorMessage, type FisAction } from "./action.ts";
import { readProbability } from "./parameters.ts";

const idPattern = /^localstack:([A-Za-z0-9_-]+):inject-api-internal-error$/;

/** `localstack:SERVICE:inject-api-internal-error` for one service, as LocalStack 3 had it. */
export function localstackServiceError(service: string): FisAction {
  return {
    id: `localstack:${service}:inject-api-internal-error`,
    description: `Fails calls to ${service} with InternalError until stopped.`,
    parameters: {
      percentage: { description: "Calls that are hit, 0 to 100. Default: 100.", required: false },
    },
    targets: {},
    takesAnyTarget: true,
    plan(parameters) {
      const probability = readProbability(parameters);
      return {
        durationMs: undefined,
        faults: ({ region }) => [
          {
            match: { region, service: toSigningName(service) },
            probability,
            effect: {
              error: { code: "InternalError", status: 500, message: injectedErrorMessage },
            },
          },
        ],
      };
    },
  };
}

/** The action of any service by its id; `undefined` for an id of another form. */
export function findLocalstackServiceError(id: string): FisAction | undefined {
  const service = idPattern.exec(id)?.[1];
  return service === undefined || service.toLowerCase() === "generic"
    ? undefined
    : localstackServiceError(service);
}
