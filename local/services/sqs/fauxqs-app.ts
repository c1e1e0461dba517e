import { buildApp } from "fauxqs";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import type { JsonInput } from "../json-service.ts";

/** One operation of SQS on fauxqs's queues of the call's region. Throws its errors as AwsErrors. */
export type RunFauxqs = (operation: string, input: JsonInput, call: AwsCall) => Promise<object>;

/**
 * fauxqs keeps queues and topics of every region, and delivers from topics to queues. It is called
 * in process; it never listens.
 */
export interface FauxqsApp {
  call(request: {
    contentType: string;
    region: string;
    target?: string;
    body: Buffer | string;
  }): Promise<HttpAnswer>;
  /** What fauxqs shows of its state at a path of its own, as parsed JSON. */
  inspect(path: string): Promise<unknown>;
  close(): Promise<void>;
}

export function createFauxqsApp(): FauxqsApp {
  const app = buildApp({ logger: false });
  return {
    async call({ contentType, region, target, body }) {
      const response = await app.inject({
        method: "POST",
        url: "/",
        headers: {
          host: "localhost",
          "content-type": contentType,
          // fauxqs reads the region from the credential scope.
          authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/sqs/aws4_request`,
          ...(target !== undefined && { "x-amz-target": target }),
        },
        payload: body,
      });
      const headers: Record<string, string> = {};
      for (const name of ["content-type", "x-amzn-query-error"]) {
        const value = response.headers[name];
        if (typeof value === "string") headers[name] = value;
      }
      return { status: response.statusCode, headers, body: response.body };
    },
    async inspect(path) {
      const response = await app.inject({
        method: "GET",
        url: path,
        headers: { host: "localhost" },
      });
      return response.json();
    },
    close: () => app.close(),
  };
}
