import type { AwsCall, Protocol } from "../wire/aws-call.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";

/** One AWS service of the embedded cloud, as the gateway sees it. It knows nothing of faults. */
export interface AwsService {
  /** SigV4 signing name, or a distinct one where two APIs share a signing name. */
  readonly name: string;
  /** SigV4 signing name, where it is another one than the name. */
  readonly signingName?: string;
  /** Every operation that is answered, as the API reference names it. */
  readonly operations: readonly string[];
  /** Which operation a request asks for; `undefined` when none of this API. */
  identify(request: HttpRequest): { operation: string; protocol: Protocol } | undefined;
  /** Answers one call. Throws AwsError for an error that the service answers on purpose. */
  handle(call: AwsCall): HttpAnswer | Promise<HttpAnswer>;
  /** Frees what the service holds: timers, worker threads, listeners. */
  close?(): Promise<void>;
}
