import { type Failure, failures } from "../../../faults/service-errors/errors-of.ts";
import { ParameterError, type Parameters } from "./action.ts";
import { drillApiAction } from "./drill-api-action.ts";
import { readName, readNumber } from "./parameters.ts";

/** An error that no application can be fitted to: which one it is differs from call to call. */
export const drillApiError = drillApiAction({
  name: "error",
  description:
    "Fails calls with errors that the service really sends for such a failure, for each call one of them by the dice. The service does not act.",
  parameters: {
    failure: { description: `${failures.join(", ")}.`, required: true },
    exception: {
      description: "Error code of every error. Default: the service's.",
      required: false,
    },
    errorCode: {
      description: "HTTP status of every error, 400 to 599. Default: the service's.",
      required: false,
    },
    message: { description: "Message of every error. Default: the service's.", required: false },
  },
  readEffect(parameters) {
    const code = readName(parameters, "exception", /^[A-Za-z0-9._:#-]+$/);
    const status = readNumber(parameters, "errorCode", { min: 400, max: 599, whole: true });
    const { message } = parameters;
    return {
      "service-error": {
        failure: readFailure(parameters),
        fixed: {
          ...(code !== undefined && { code }),
          ...(status !== undefined && { status }),
          ...(message !== undefined && { message }),
        },
      },
    };
  },
});

function readFailure({ failure }: Parameters): Failure {
  const found = failures.find((each) => each === failure);
  if (found) return found;
  throw new ParameterError(`failure must be one of ${failures.join(", ")}, not "${failure ?? ""}"`);
}
