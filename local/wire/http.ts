import type { IncomingHttpHeaders } from "node:http";

/** A request with its body read whole. */
export interface HttpRequest {
  readonly method: string;
  /** Path as it came, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** As it came, without the question mark; absent for a call that was not made over HTTP. */
  readonly rawQuery?: string;
  readonly headers: IncomingHttpHeaders;
  /**
   * Of a request target in absolute form (`GET http://name/path`), which then also is `headers.host`.
   * Source: RFC 9112, section 3.2.2.
   */
  readonly authority?: string;
  /** Names and values in turn, as they came; absent for a call that was not made over HTTP. */
  readonly rawHeaders?: readonly string[];
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Buffer;
}
