import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestId } from "./wire/request-id.ts";
import type { Gateway } from "./gateway.ts";
import type { Log } from "./log.ts";
import { sendFailure } from "./wire/send-failure.ts";
import { TransportFailure } from "./wire/transport-failure.ts";
import type { HttpAnswer } from "./wire/http.ts";

/** Largest body that is read: a function's code, 50 MB zipped and base64-encoded, fits. */
const maxBodyBytes = 70 * 1024 * 1024;

export interface GatewayServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens for HTTP and hands each request, with its body read whole, to the gateway. */
export async function serveGateway(
  gateway: Gateway,
  { host, port, log }: { host: string; port: number; log?: Log },
): Promise<GatewayServer> {
  // A request without Host is the gateway's to refuse, which says why.
  const settings = { keepAliveTimeout: 75_000, requireHostHeader: false };
  const server = createServer(settings, (request, response) => {
    answer(gateway, request, response).catch((error: unknown) => {
      if (error instanceof TransportFailure) {
        sendFailure(response, error);
        return;
      }
      log?.({
        event: "answer-not-sent",
        path: request.url,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, headers: {}, body: "" });
    });
  });
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closeServer(server),
  };
}

async function answer(
  gateway: Gateway,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  const body = await readBody(message);
  if (body === undefined) {
    send(response, { status: 413, headers: { connection: "close" }, body: "" });
    return;
  }
  if (body === "gone") return;
  const { authority, url } = readTarget(message.url ?? "/");
  const question = url.indexOf("?");
  const rawQuery = question < 0 ? "" : url.slice(question + 1);
  const result = await gateway({
    request: {
      method: message.method ?? "GET",
      path: question < 0 ? url : url.slice(0, question),
      query: new URLSearchParams(rawQuery),
      rawQuery,
      headers: authority === undefined ? message.headers : { ...message.headers, host: authority },
      ...(authority !== undefined && { authority }),
      rawHeaders: message.rawHeaders,
      body,
    },
    requestId: createRequestId(),
    remoteAddress: message.socket.remoteAddress ?? "127.0.0.1",
    signal: gone.signal,
  });
  send(response, result, message.method === "HEAD");
}

/** The parts of a request target; without an authority in every form but the absolute one. */
function readTarget(target: string): { authority?: string; url: string } {
  const [absolute, authority, rest = ""] =
    /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/i.exec(target) ?? [];
  if (absolute === undefined || authority === undefined) return { url: target };
  return { authority, url: rest.startsWith("/") ? rest : `/${rest}` };
}

function send(response: ServerResponse, answer: HttpAnswer, headOnly = false): void {
  if (response.destroyed) return;
  const body = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  response.writeHead(answer.status, { ...answer.headers, "content-length": String(body.length) });
  response.end(headOnly ? undefined : body);
}

/** The body; `undefined` when it is too large, "gone" when the client left before its end. */
function readBody(message: IncomingMessage): Promise<Buffer | undefined | "gone"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) {
        message.removeAllListeners("data");
        message.resume();
        resolve(undefined);
      } else chunks.push(chunk);
    });
    message.on("end", () => {
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    message.on("close", () => {
      resolve("gone");
    });
    message.on("error", () => {
      resolve("gone");
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeAllConnections();
  await closed;
}
