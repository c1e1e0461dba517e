/** One synchronous invocation that a service makes for the application. */
export interface LambdaInvocation {
  /** With or without a qualifier. */
  readonly functionArn: string;
  /** The event as JSON text. */
  readonly payload: string;
  /** Who invokes, for the function's resource policy. */
  readonly source: {
    readonly service: "apigateway" | "events" | "s3" | "sns";
    readonly sourceArn: string;
  };
  /** Aborts when nobody waits for the result any more; what has begun to run may run on. */
  readonly signal?: AbortSignal;
}

export interface LambdaResult {
  /** What the function returned, or its error, as JSON text. */
  readonly payload: string;
  readonly functionError?: "Handled" | "Unhandled";
}

/** The Lambda service as other services of the embedded cloud call it: `lambda:Invoke`. */
export interface LambdaInvoker {
  /**
   * Passes the same faults as a call over HTTP. Throws AwsError when the call itself fails, such as
   * AccessDeniedException, TooManyRequestsException or an injected error, and TransportFailure when
   * a fault keeps its answer away.
   */
  invoke(input: LambdaInvocation): Promise<LambdaResult>;
  /**
   * Hands over an event that nobody waits for, as an invocation of the type Event: resolves once
   * Lambda has accepted it and retries it from then on. Throws what `invoke` throws.
   */
  accept(input: LambdaInvocation): Promise<void>;
}
