import { STATUS_CODES } from "node:http";
import { TransportFailure } from "../../wire/transport-failure.ts";
import type { EndingEffect } from "./effect.ts";

export interface UnparsableSettings {
  /** HTTP status. */
  readonly status: number;
}

/** A load balancer's page comes in place of an answer; the service does not act. */
export const unparsableEffect: EndingEffect<UnparsableSettings> = {
  role: "ends",
  facts: ({ status }) => ({ status }),
  end: ({ status }) =>
    Promise.reject(
      new TransportFailure(`An HTML page came with ${String(status)} in place of an answer.`, {
        status,
        headers: { server: "awselb/2.0", "content-type": "text/html" },
        body: page(`${String(status)} ${STATUS_CODES[status] ?? "Error"}`),
      }),
    ),
};

function page(title: string): string {
  const lines = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "</body>",
    "</html>",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}
