import { injectedErrorMessage, ParameterError, type FisAction } from "./action.ts";
import { injectedErrorOf, type InjectedErrorKind } from "./injected-error.ts";
import { readDuration, readOperations, readProbability, readService } from "./parameters.ts";

const names: Record<InjectedErrorKind, string> = {
  internal: "an internal error",
  throttle: "a throttling error",
  unavailable: "an error that it is unavailable",
};

/**
 * `aws:fis:inject-api-*-error`: fails calls that are signed with the credentials of chosen roles.
 * Source: FIS actions reference. AWS takes only ec2 and kinesis there.
 */
export function injectApiError(kind: InjectedErrorKind): FisAction {
  return {
    id: `aws:fis:inject-api-${kind}-error`,
    description: `Fails calls of the target IAM roles to a service with ${names[kind]}. Here it takes any service; AWS takes only ec2 and kinesis.`,
    parameters: {
      duration: { description: "ISO 8601, such as PT1M.", required: true },
      service: { description: "Signing name or SDK name.", required: true },
      operations: { description: "Operations, comma-separated. Here also all.", required: true },
      percentage: { description: "Calls that are hit, 1 to 100. Default: 100.", required: false },
    },
    targets: { Roles: "aws:iam:role" },
    plan(parameters) {
      const durationMs = readDuration(parameters);
      const service = readService(parameters);
      if (service === undefined)
        throw new ParameterError("service must be one service, not all of them");
      const operations = readOperations(parameters, ["operations"]);
      const probability = readProbability(parameters, 1);
      const error = { ...injectedErrorOf(kind, service), message: injectedErrorMessage };
      return {
        durationMs,
        faults: ({ region, targetArns }) => [
          {
            match: {
              region,
              service,
              ...(operations && { operations }),
              roleArns: targetArns["Roles"] ?? [],
            },
            probability,
            effect: { error },
          },
        ],
      };
    },
  };
}
