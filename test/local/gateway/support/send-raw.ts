import http from "node:http";
import type { RawRequest } from "./valid-requests.ts";

export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request byte by byte as it is. Rejects when no answer has come within 5 s. */
export function sendRaw(
  endpoint: string,
  request: RawRequest,
  agent?: http.Agent,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const sent = http.request(
      {
        hostname,
        port,
        agent,
        method: request.method,
        path: request.path,
        headers: {
          ...request.headers,
          "content-length": Buffer.byteLength(request.body, "latin1"),
        },
        setDefaultHeaders: true,
      },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => (body += chunk));
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        });
        answer.on("error", reject);
      },
    );
    sent.setTimeout(5_000, () => {
      sent.destroy(new Error(`No answer within 5 s to ${JSON.stringify(request)}`));
    });
    sent.on("error", reject);
    sent.end(request.body, "latin1");
  });
}
