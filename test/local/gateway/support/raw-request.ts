import { connect } from "node:net";
import { text } from "node:stream/consumers";

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  /** In order; a name may come twice. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly version?: "1.0" | "1.1";
}

/** Sends a request byte by byte as given, but for `Connection: close` and the body's length. */
export async function rawRequest(port: number, request: RawRequest): Promise<RawAnswer> {
  const { method = "GET", target = "/", headers = [], body = "", version = "1.1" } = request;
  const socket = connect(port, "127.0.0.1");
  socket.setTimeout(10_000, () => socket.destroy(new Error("No answer within 10 s.")));
  const length = body === "" ? [] : [["Content-Length", String(Buffer.byteLength(body))] as const];
  const isUpgrade = headers.some(([name]) => name.toLowerCase() === "connection");
  const close = isUpgrade ? [] : [["Connection", "close"] as const];
  const lines = [...headers, ...length, ...close].map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${target} HTTP/${version}\r\n${lines.join("")}\r\n${body}`);
  const answer = isUpgrade ? await firstAnswer(socket) : await text(socket);
  const [head = "", ...rest] = answer.split("\r\n\r\n");
  const [statusLine = "", ...fields] = head.split("\r\n");
  return {
    status: Number(statusLine.split(" ")[1]),
    headers: Object.fromEntries(
      fields.map((field) => {
        const colon = field.indexOf(":");
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      }),
    ),
    body: rest.join("\r\n\r\n"),
  };
}

/** Of a connection that may stay open. */
async function firstAnswer(socket: ReturnType<typeof connect>): Promise<string> {
  let answer = "";
  for await (const chunk of socket) {
    answer += String(chunk);
    if (answer.includes("\r\n\r\n")) break;
  }
  socket.destroy();
  return answer;
}
