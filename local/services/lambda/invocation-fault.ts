/**
 * What happens to one invocation of a function inside Lambda, as on AWS through FIS's extension.
 * Source: FIS User Guide, "AWS Lambda actions".
 */
export type InvocationEffect =
  /** The handler begins so much later, which counts towards the function's timeout. */
  | { readonly kind: "delay"; readonly startupDelayMs: number }
  /** The invocation fails, before the handler runs or after it. */
  | { readonly kind: "error"; readonly preventExecution: boolean }
  /** The invocation answers as an HTTP integration such as API Gateway's reads it. */
  | {
      readonly kind: "http-response";
      readonly preventExecution: boolean;
      readonly statusCode: number;
      readonly contentType: string;
    };

export interface InvocationFaults {
  /** What happens to the next invocation of a function; `undefined`: nothing. Records what it gives. */
  next(functionArn: string, requestId: string): InvocationEffect | undefined;
}

/** No faults at all. */
export const noInvocationFaults: InvocationFaults = { next: () => undefined };
