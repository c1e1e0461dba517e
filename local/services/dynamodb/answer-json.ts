import { crc32 } from "node:zlib";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { HttpAnswer } from "../../wire/http.ts";

/** An answer in DynamoDB's form; its SDKs check the checksum. */
export function answerJson(output: object, call: AwsCall, status = 200): HttpAnswer {
  const body = JSON.stringify(output);
  return {
    status,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-RequestId": call.requestId,
      "x-amz-crc32": String(crc32(body)),
    },
    body,
  };
}
