import { EventEmitter } from "node:events";
import dynalite from "dynalite";
import { AwsError } from "../../wire/aws-error.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import { useLinearParsers } from "./expressions/linear-parsers.ts";
import { runGuarded } from "./run-guarded.ts";

/** One region's tables, kept by dynalite, which is called in process rather than over a socket. */
export interface DynaliteStore {
  call(operation: string, body: Buffer): Promise<HttpAnswer>;
}

/** dynalite checks that a request looks signed; the gateway has read the real signature by then. */
const signedHeaders = {
  "content-type": "application/x-amz-json-1.0",
  "x-amz-date": "20260101T000000Z",
  authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
};

export function createDynaliteStore(region: string): DynaliteStore {
  useLinearParsers();
  const server = inRegion(region, () =>
    dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
  );
  return {
    call: (operation, body) =>
      runGuarded((resolve) => {
        const request = Object.assign(new EventEmitter(), {
          method: "POST",
          url: "/",
          headers: { ...signedHeaders, "x-amz-target": `DynamoDB_20120810.${operation}` },
        });
        const headers: Record<string, string> = {};
        const response = {
          statusCode: 200,
          setHeader(name: string, value: string | number) {
            // The server writes the length of what it sends.
            if (name !== "Content-Length") headers[name.toLowerCase()] = String(value);
          },
          end(text: string) {
            resolve({ status: response.statusCode, headers, body: text });
          },
        };
        server.emit("request", request, response);
        request.emit("data", body);
        try {
          request.emit("end");
        } catch (error) {
          throw unreadable(error);
        }
      }),
  };
}

/** What dynalite throws before it asks its store for anything, it throws at the input. */
function unreadable(error: unknown): AwsError {
  const reason = error instanceof Error ? error.message : String(error);
  return new AwsError("SerializationException", `The request body cannot be read: ${reason}`);
}

/** dynalite takes the region of its ARNs from the environment, at creation only. */
function inRegion<T>(region: string, create: () => T): T {
  const before = process.env["AWS_REGION"];
  process.env["AWS_REGION"] = region;
  try {
    return create();
  } finally {
    if (before === undefined) delete process.env["AWS_REGION"];
    else process.env["AWS_REGION"] = before;
  }
}
