import type { ServerResponse } from "node:http";
import type { TransportFailure } from "./transport-failure.ts";

/** Lets the caller of an HTTP request meet a failure: a reset, half an answer, or a foreign page. */
export function sendFailure(response: ServerResponse, { sent, isCut }: TransportFailure): void {
  const { socket } = response;
  if (!socket || response.destroyed) return;
  if (!sent) {
    // A reset, not an orderly end: what waits to be sent is dropped, and the client reads ECONNRESET.
    socket.resetAndDestroy();
    return;
  }
  const body = Buffer.from(sent.body);
  const promised = isCut ? Math.max(1, body.length) : body.length;
  response.writeHead(sent.status, { ...sent.headers, "content-length": String(promised) });
  if (!isCut) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    socket.end();
  });
}
