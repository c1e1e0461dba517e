import type { HttpRequest } from "./http.ts";

/**
 * How a request and its answer are written. A property of the request, not of the service: SQS and
 * CloudWatch speak more than one. Source: Smithy AWS protocols.
 */
export type Protocol = "json-1.0" | "json-1.1" | "query" | "rest-json" | "rest-xml" | "rpc-v2-cbor";

/** What the gateway knows of a call before any service sees it. */
export interface AwsCall {
  /** Request id, answered in `x-amzn-RequestId`. */
  readonly requestId: string;
  /** SigV4 signing name, such as `dynamodb`. */
  readonly service: string;
  /** Name of the API, where its service's signing name has two: `apigatewayv2` of `apigateway`. */
  readonly api?: string;
  /** Operation as the service's API reference names it, such as `PutItem`. */
  readonly operation: string;
  readonly protocol: Protocol;
  readonly region: string;
  readonly accountId: string;
  /** Access key of the caller; absent for a call that a service makes for the application. */
  readonly accessKeyId: string | undefined;
  /** ARN of the IAM role whose credentials signed the call, where the embedded cloud issued them. */
  readonly roleArn: string | undefined;
  readonly request: HttpRequest;
  /** Condition keys, in lower case, that only calls of this kind have. */
  readonly conditionValues?: Readonly<Record<string, string>>;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}
