import type { HttpAnswer } from "./http.ts";

/**
 * What a caller meets in place of a service's answer when something between the two has failed: a
 * connection that is reset, an answer that ends too early, a page of a load balancer. Over HTTP the
 * server makes it so; a service that calls another inside the cloud is told by this error.
 */
export class TransportFailure extends Error {
  /** What still reaches the caller; nothing at all where it is absent. */
  readonly sent: HttpAnswer | undefined;
  /** Whether the connection ends before all of `sent` has come. */
  readonly isCut: boolean;

  constructor(message: string, sent?: HttpAnswer, { isCut = false } = {}) {
    super(message);
    this.name = "TransportFailure";
    this.sent = sent;
    this.isCut = isCut;
  }
}

/** The connection is reset, and nothing has come. */
export function connectionReset(): TransportFailure {
  return new TransportFailure("The connection was reset before an answer came (ECONNRESET).");
}
