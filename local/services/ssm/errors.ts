import { AwsError } from "../../wire/aws-error.ts";

/** Every error of SSM has status 400. Source: Systems Manager API 2014-11-06. */
export function ssmError(code: SsmErrorCode, message: string): AwsError {
  return new AwsError(code, message, 400);
}

export type SsmErrorCode =
  | "AutomationDefinitionNotFoundException"
  | "AutomationDefinitionVersionNotFoundException"
  | "AutomationExecutionNotFoundException"
  | "DocumentAlreadyExists"
  | "DocumentVersionLimitExceeded"
  | "DuplicateDocumentContent"
  | "InvalidAutomationExecutionParametersException"
  | "InvalidAutomationStatusUpdateException"
  | "InvalidDocument"
  | "InvalidDocumentContent"
  | "InvalidDocumentVersion"
  | "InvalidFilterKey"
  | "InvalidNextToken"
  | "InvalidPermissionType"
  | "InvalidResourceId"
  | "InvalidResourceType"
  | "ValidationException";
