import { AwsError } from "../../wire/aws-error.ts";

/** Statuses of the FIS service model: note that a quota is 402. */
export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message, 400);
}

export function notFoundError(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, 404);
}

export function conflictError(message: string): AwsError {
  return new AwsError("ConflictException", message, 409);
}

export function quotaError(message: string): AwsError {
  return new AwsError("ServiceQuotaExceededException", message, 402);
}
