import { NotApplicableError } from "../step-errors.ts";
import { Random } from "../random.ts";

interface RuleError {
  readonly code: string;
  readonly statusCode: number;
}

const error = (code: string, statusCode: number): RuleError => ({ code, statusCode });

/**
 * What DynamoDB answers in each kind of failure. Source: DynamoDB Developer Guide, "Error handling
 * with DynamoDB", and the common errors of the API.
 */
const ofDynamodb: Readonly<Record<string, readonly RuleError[]>> = {
  internal: [error("InternalServerError", 500)],
  unavailable: [error("ServiceUnavailable", 503)],
  throttling: [
    error("ProvisionedThroughputExceededException", 400),
    error("ThrottlingException", 400),
    error("RequestLimitExceeded", 400),
  ],
  denied: [error("AccessDeniedException", 400)],
};

/** What most services answer. Source: AWS API references, common errors. */
const common: Readonly<Record<string, readonly RuleError[]>> = {
  internal: [error("InternalFailure", 500)],
  unavailable: [error("ServiceUnavailable", 503)],
  throttling: [error("ThrottlingException", 400)],
  denied: [error("AccessDeniedException", 400)],
};

/**
 * The error of an action `outage-drill:api:error` as one rule has it, picked by the action's seed.
 * @throws NotApplicableError for a kind of failure that is not known here
 */
export function failureError(parameters: Readonly<Record<string, string>>): RuleError {
  const { service, failure = "", seed = "", exception, errorCode } = parameters;
  if (exception !== undefined && errorCode !== undefined)
    return { code: exception, statusCode: Number(errorCode) };
  const errors = (service?.toLowerCase() === "dynamodb" ? ofDynamodb : common)[failure];
  if (!errors)
    throw new NotApplicableError(`the Chaos API has nothing like the failure "${failure}"`);
  return new Random(seed).pick(errors);
}
