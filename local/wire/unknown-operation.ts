import type { AwsCall } from "./aws-call.ts";
import { AwsError } from "./aws-error.ts";

/** The error that the service itself answers for an operation that it does not have. */
export function unknownOperation(call: AwsCall): AwsError {
  const { service, protocol } = call;
  const asked = askedOf(call);
  if (service === "")
    return new AwsError(
      "MissingAuthenticationTokenException",
      "The request is not signed and no service of this endpoint knows its form.",
      403,
    );
  switch (protocol) {
    case "json-1.0":
    case "json-1.1":
    case "rpc-v2-cbor":
      return new AwsError(
        "UnknownOperationException",
        `${service} has no operation ${asked} here.`,
      );
    case "query":
      return new AwsError("InvalidAction", `The action ${asked} is not valid for this endpoint.`);
    case "rest-json":
      return new AwsError(
        "UnknownOperationException",
        `${service} has no operation for ${asked} here.`,
        404,
      );
    case "rest-xml":
      return new AwsError("NotImplemented", `${service} has no operation for ${asked} here.`, 501);
  }
}

/** What a call asks for, in the words of its request: its operation, or its method and path. */
export function askedOf({ operation, protocol, request }: AwsCall): string {
  const isNamed = operation !== "" && !["rest-json", "rest-xml", "rpc-v2-cbor"].includes(protocol);
  if (isNamed) return operation;
  const asked = `${request.method} ${request.path}`;
  // What a request of S3 asks for stands in its query.
  return protocol === "rest-xml" && operation !== "" ? `${operation} (${asked})` : asked;
}
