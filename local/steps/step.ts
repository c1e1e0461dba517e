import type { AwsCall } from "../wire/aws-call.ts";
import type { AwsError } from "../wire/aws-error.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";

/** A request on its way through the gateway. */
export interface Exchange {
  readonly request: HttpRequest;
  /** Answered in `x-amzn-RequestId`. */
  readonly requestId: string;
  readonly remoteAddress: string;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
  /** Of the page that asks; set by `checkOrigin` when it may read the answer. */
  allowedOrigin?: string;
  /** Set by `identify`. */
  call?: AwsCall;
  /** Set by `identify` where no service here answers the call: what says so, and logs it. */
  refuse?: () => AwsError;
}

/** One step of a request: an answer ends the request, `undefined` hands it to the next step. */
export type Step = (exchange: Exchange) => HttpAnswer | undefined | Promise<HttpAnswer | undefined>;
