import * as schemas from "@aws-sdk/client-s3";
import { NormalizedSchema } from "@smithy/core/schema";
import { serveInput } from "../../members/serve-input.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import { readRestInput, RestInputError } from "../../wire/rest-xml/read-rest-input.ts";
import { writeRestOutput } from "../../wire/rest-xml/write-rest-output.ts";
import { s3Address } from "../../wire/s3-address.ts";
import { accessDenied, invalidArgument, malformedXml } from "./errors.ts";
import { hostIdOf } from "./notifications/event-message.ts";
import { readPayload } from "./read-payload.ts";
import { RawAnswer, type S3Context, type S3Request, WithStatus } from "./s3-operation.ts";
import { s3Operations } from "./s3-operations.ts";

/** Source: S3 API reference; the operations' forms are those of the SDK's schemas. */
const xmlNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Of an operation: what its route answers, and the forms of its input and output. */
type OperationSchema = readonly [
  number,
  string,
  string,
  { readonly http: readonly [string, string, number] },
  never,
  never,
];

/** Carries out one call. Loaded with the first of them: the SDK's client and the operations take a while. */
export async function answerCall(call: AwsCall, context: S3Context): Promise<HttpAnswer> {
  const run = s3Operations[call.operation];
  if (!run) throw new Error(`There is no operation s3.${call.operation}.`);
  const schema: unknown = (schemas as Readonly<Record<string, unknown>>)[`${call.operation}$`];
  const [, , , traits, inputSchema, outputSchema] = schema as OperationSchema;
  const { body, trailers } = await readPayload(call.request);
  const input = readInput(NormalizedSchema.of(inputSchema), call, body);
  serveInput(call, input);
  checkOwner(input, context.accountId);
  const request: S3Request = { ...context, call, trailers };
  const result = await run(input as never, request);
  return answerOf(result, NormalizedSchema.of(outputSchema), traits.http[2], call.requestId);
}

function readInput(schema: NormalizedSchema, call: AwsCall, body: Buffer): Record<string, unknown> {
  const { bucket, rawKey } = s3Address(call.request);
  const labels = { Bucket: bucket, Key: decodeKey(rawKey) };
  try {
    return readRestInput(schema, { request: call.request, labels, body });
  } catch (error) {
    if (!(error instanceof RestInputError)) throw error;
    if (error.kind === "body") throw malformedXml(error.message);
    throw new AwsError("InvalidArgument", error.message);
  }
}

function decodeKey(rawKey: string): string {
  try {
    return decodeURIComponent(rawKey);
  } catch {
    throw invalidArgument("The key has a malformed percent-encoding.", "Key", rawKey);
  }
}

/** `x-amz-expected-bucket-owner` and that of a copy's source. */
function checkOwner(input: Readonly<Record<string, unknown>>, accountId: string): void {
  for (const name of ["ExpectedBucketOwner", "ExpectedSourceBucketOwner"])
    if (input[name] !== undefined && input[name] !== accountId) throw accessDenied();
}

function answerOf(
  result: object,
  schema: NormalizedSchema,
  modelStatus: number,
  requestId: string,
): HttpAnswer {
  const own = { "x-amz-request-id": requestId, "x-amz-id-2": hostIdOf(requestId) };
  if (result instanceof RawAnswer)
    return { ...result.answer, headers: { ...result.answer.headers, ...own } };
  const [status, output] =
    result instanceof WithStatus ? [result.status, result.output] : [modelStatus, result];
  const answer = schema.isStructSchema()
    ? writeRestOutput(schema, output as Record<string, unknown>, { status, xmlNamespace })
    : { status, headers: {}, body: "" };
  // A HEAD has the length of a body that the server leaves out.
  const body = "Body" in output && Buffer.isBuffer(output.Body) ? output.Body : answer.body;
  return { ...answer, body, headers: { ...answer.headers, ...own } };
}
