import type { Protocol } from "./aws-call.ts";
import type { AwsError } from "./aws-error.ts";
import type { HttpAnswer } from "./http.ts";
import { writeCbor } from "./cbor.ts";
import { toXml } from "./xml.ts";

/**
 * Codes as the older query protocol of a service spells them, which `x-amzn-query-error` carries in
 * its newer ones. Source: SQS and CloudWatch service models, awsQueryError traits.
 */
const queryCodes: Record<string, Readonly<Record<string, string>>> = {
  monitoring: {
    AccessDeniedException: "AccessDenied",
    InternalServiceFault: "InternalServiceError",
    InvalidFormatFault: "InvalidFormat",
    InvalidParameterCombinationException: "InvalidParameterCombination",
    InvalidParameterValueException: "InvalidParameterValue",
    LimitExceededFault: "LimitExceeded",
    MissingRequiredParameterException: "MissingParameter",
  },
  sqs: {
    AccessDeniedException: "AccessDenied",
    QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
    QueueNameExists: "QueueAlreadyExists",
    QueueDeletedRecently: "AWS.SimpleQueueService.QueueDeletedRecently",
    PurgeQueueInProgress: "AWS.SimpleQueueService.PurgeQueueInProgress",
    MessageNotInflight: "AWS.SimpleQueueService.MessageNotInflight",
    BatchEntryIdsNotDistinct: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
    BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
    EmptyBatchRequest: "AWS.SimpleQueueService.EmptyBatchRequest",
    InvalidBatchEntryId: "AWS.SimpleQueueService.InvalidBatchEntryId",
    TooManyEntriesInBatchRequest: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    UnsupportedOperation: "AWS.SimpleQueueService.UnsupportedOperation",
  },
};

/** Namespace of `__type`, as each JSON service writes it for errors of its own. */
const namespaces: Record<string, string> = {
  dynamodb: "com.amazonaws.dynamodb.v20120810",
  sqs: "com.amazonaws.sqs",
};

const xmlNamespaces: Record<string, string> = {
  sns: "http://sns.amazonaws.com/doc/2010-03-31/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  sqs: "http://queue.amazonaws.com/doc/2012-11-05/",
  monitoring: "http://monitoring.amazonaws.com/doc/2010-08-01/",
};

/** The bytes of an error in the form that clients of this service and protocol read. */
export function writeError(
  error: Pick<AwsError, "code" | "message" | "status" | "fields">,
  { service, protocol, requestId }: { service: string; protocol: Protocol; requestId: string },
): HttpAnswer {
  const headers = { "x-amzn-RequestId": requestId };
  const fault = error.status < 500 ? "Sender" : "Receiver";
  const queryCode = queryCodes[service]?.[error.code] ?? error.code;
  const queryError = queryCodes[service] && { "x-amzn-query-error": `${queryCode};${fault}` };
  switch (protocol) {
    case "json-1.0":
    case "json-1.1": {
      const namespace = namespaces[service];
      const type = namespace === undefined ? error.code : `${namespace}#${error.code}`;
      return {
        status: error.status,
        headers: {
          ...headers,
          "content-type": `application/x-amz-${protocol}`,
          "x-amzn-ErrorType": error.code,
          ...queryError,
        },
        body: JSON.stringify({ __type: type, message: error.message, ...error.fields }),
      };
    }
    case "rpc-v2-cbor":
      return {
        status: error.status,
        headers: {
          ...headers,
          "smithy-protocol": "rpc-v2-cbor",
          "content-type": "application/cbor",
          ...queryError,
        },
        body: writeCbor({ __type: error.code, message: error.message, ...error.fields }),
      };
    case "rest-json":
      return {
        status: error.status,
        headers: {
          ...headers,
          "content-type": "application/json",
          "x-amzn-ErrorType": error.code,
        },
        body: JSON.stringify({
          ...(service === "lambda" && { Type: fault === "Sender" ? "User" : "Service" }),
          message: error.message,
          ...error.fields,
        }),
      };
    case "query":
    case "rest-xml": {
      const detail = {
        Type: fault,
        Code: queryCode,
        Message: error.message,
      };
      return {
        status: error.status,
        headers: {
          ...headers,
          ...(isS3(service) && { "x-amz-request-id": requestId }),
          "content-type": isS3(service) ? "application/xml" : "text/xml",
        },
        body: `<?xml version="1.0" encoding="UTF-8"?>\n${toErrorXml(service, detail, { requestId, fields: error.fields })}`,
      };
    }
  }
}

/** S3 and EC2 have forms of their own. Source: their API references, "Error responses". */
function toErrorXml(
  service: string,
  detail: { Type: string; Code: string; Message: string },
  { requestId, fields }: { requestId: string; fields: AwsError["fields"] },
): string {
  const { Code, Message } = detail;
  if (isS3(service))
    return `<Error>${toXml({ Code, Message, ...(fields as Record<string, string>), RequestId: requestId })}</Error>`;
  if (service === "ec2")
    return `<Response><Errors><Error>${toXml({ Code, Message })}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
  const namespace = xmlNamespaces[service];
  return `<ErrorResponse${namespace ? ` xmlns="${namespace}"` : ""}><Error>${toXml(detail)}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function isS3(service: string): boolean {
  return service === "s3" || service === "s3express";
}
