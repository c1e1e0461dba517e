import type { ServiceErrors } from "./service-errors.ts";

/**
 * Source: DynamoDB Developer Guide, "Error handling with DynamoDB"; the messages of throttled calls
 * as the API reference of BatchStatementError and users' logs have them.
 */
export const dynamodbErrors: ServiceErrors = {
  internal: [
    {
      code: "InternalServerError",
      status: 500,
      message: "The server encountered an internal error trying to fulfill the request.",
    },
    { code: "InternalServerError", status: 500, message: "Internal server error" },
  ],
  unavailable: [
    {
      code: "ServiceUnavailable",
      status: 503,
      message: "The service is currently unavailable or busy.",
    },
    {
      code: "ServiceUnavailable",
      status: 503,
      message: "The request has failed due to a temporary failure of the server.",
    },
  ],
  throttling: [
    {
      code: "ProvisionedThroughputExceededException",
      status: 400,
      message:
        "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
    },
    {
      code: "ProvisionedThroughputExceededException",
      status: 400,
      message:
        "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API.",
    },
    {
      code: "ThrottlingException",
      status: 400,
      message:
        "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
    },
    {
      code: "ThrottlingException",
      status: 400,
      message: "Rate of requests exceeds the allowed throughput.",
    },
    {
      code: "RequestLimitExceeded",
      status: 400,
      message:
        "Throughput exceeds the current throughput limit for your account. Please contact AWS Support at https://aws.amazon.com/support to request a limit increase.",
    },
  ],
};
