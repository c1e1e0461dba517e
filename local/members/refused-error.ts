import type { AwsCall } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";

/** The error code of each service for an input that it does not take, as clients know it. */
const codes: Readonly<Record<string, string>> = {
  apigateway: "BadRequestException",
  dynamodb: "ValidationException",
  fis: "ValidationException",
  iam: "InvalidInput",
  kms: "UnsupportedOperationException",
  lambda: "InvalidParameterValueException",
  logs: "InvalidParameterException",
  monitoring: "ValidationError",
  s3: "NotImplemented",
  sns: "InvalidParameter",
  sqs: "UnsupportedOperation",
  ssm: "ValidationException",
  sts: "InvalidInput",
};

/** The refusal of a member that AWS has and this cloud does not serve, in its service's form. */
export function refusedError({ service, operation }: AwsCall, path: string): AwsError {
  return new AwsError(
    codes[service] ?? "ValidationException",
    sentence(service, operation, path),
    400,
    service === "lambda" ? { Type: "User" } : {},
  );
}

function sentence(service: string, operation: string, path: string): string {
  switch (service) {
    case "apigateway":
      return `The embedded cloud does not serve ${path} in ${operation}.`;
    case "iam":
    case "sts":
      return `${path} is not emulated; leave it out.`;
    case "lambda":
      return /^(Code\.)?(S3|ImageUri|SourceKMS)/.test(path)
        ? `${path} is not supported here: give the function's code as ZipFile.`
        : `${path} is not supported here; deploy without it.`;
    case "monitoring":
      return `The input has a member that is not known: ${path}. It is not supported here.`;
    case "sns":
      return `Invalid parameter: ${path} Reason: it is not supported here; leave it out`;
    default:
      return `${path} is not supported here; leave it out.`;
  }
}
