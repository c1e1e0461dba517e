import { NormalizedSchema } from "@smithy/core/schema";
import type { Log } from "../../log.ts";
import { serveInput } from "../../members/serve-input.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { HttpAnswer, HttpRequest } from "../../wire/http.ts";
import { restOperation } from "../../wire/rest-operation.ts";
import { readRestInput, RestInputError } from "../../wire/rest-xml/read-rest-input.ts";
import { writeRestOutput } from "../../wire/rest-xml/write-rest-output.ts";
import { s3Address } from "../../wire/s3-address.ts";
import { readSignatureScope } from "../../wire/signature.ts";
import type { AwsService } from "../aws-service.ts";
import type { IamStore } from "../iam/iam-store.ts";
import { principalId } from "../iam/principal-id.ts";
import { BucketStore } from "./bucket-store.ts";
import { checkPresigned } from "./check-presigned.ts";
import { accessDenied, invalidArgument, malformedXml } from "./errors.ts";
import { deliverNotification } from "./notifications/deliver-notification.ts";
import { createRecord, hostIdOf, messageOf } from "./notifications/event-message.ts";
import { ruleMatches, rulesOf } from "./notifications/notification-rule.ts";
import {
  createNotificationTargets,
  type NotificationTargetsArgs,
} from "./notifications/notification-targets.ts";
import type { ObjectChange } from "./object-change.ts";
import { readPayload } from "./read-payload.ts";
import { createS3Access } from "./s3-access.ts";
import { RawAnswer, type S3Context, type S3Request, WithStatus } from "./s3-operation.ts";
import { s3Operations } from "./s3-operations.ts";

export interface S3Service extends AwsService {
  /** Policy of a bucket, as its JSON text. */
  resourcePolicyOf(bucketArn: string): string | undefined;
  readonly buckets: BucketStore;
}

export interface S3ServiceOptions extends NotificationTargetsArgs {
  readonly accountId: string;
  /** What the gateway asks about every signed call; for the keys of one, and whether it may list. */
  readonly authorize: (call: AwsCall) => void;
  readonly iam: IamStore;
  readonly log: Log;
}

type Schemas = Readonly<Record<string, unknown>>;

/** Source: S3 API reference; the operations' forms are those of the SDK's schemas. */
const xmlNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";

let schemas: Promise<Schemas> | undefined;

/** The SDK's client, loaded at the first call of S3. */
function loadSchemas(): Promise<Schemas> {
  return (schemas ??= import("@aws-sdk/client-s3") as Promise<Schemas>);
}

/** S3: buckets and objects in memory. */
export function createS3Service(options: S3ServiceOptions): S3Service {
  const { accountId, iam, log } = options;
  const targets = createNotificationTargets(options);
  const store = new BucketStore();
  const ended = new AbortController();
  const context: S3Context = {
    ...{ store, accountId, targets, access: createS3Access(store, options.authorize) },
    changed(change, call) {
      notify({ ...change, call });
    },
  };

  function notify(change: ObjectChange): void {
    const { bucket, event, key } = change;
    const rules = rulesOf(bucket.notifications).filter((rule) => ruleMatches(rule, event, key));
    if (rules.length === 0) return;
    const record = createRecord(change, principalId(iam, change.call));
    for (const rule of rules) {
      const notification = { rule, bucketArn: bucket.arn, message: messageOf(record, rule.id) };
      void deliverNotification(notification, { targets, log, signal: ended.signal });
    }
  }

  async function handle(call: AwsCall): Promise<HttpAnswer> {
    const run = s3Operations[call.operation];
    if (!run) throw new Error(`There is no operation s3.${call.operation}.`);
    checkPresigned(call.request);
    context.access.checkAnonymous(call);
    const [, , , traits, inputSchema, outputSchema] = (await loadSchemas())[
      `${call.operation}$`
    ] as readonly [
      number,
      string,
      string,
      { http: readonly [string, string, number] },
      never,
      never,
    ];
    const { body, trailers } = await readPayload(call.request);
    const input = readInput(NormalizedSchema.of(inputSchema), call, body);
    serveInput(call, input);
    checkOwner(input, accountId);
    const request: S3Request = { ...context, call, trailers };
    const result = await run(input as never, request);
    return answerOf(result, NormalizedSchema.of(outputSchema), traits.http[2], call.requestId);
  }

  return {
    name: "s3",
    operations: Object.keys(s3Operations),
    identify(request) {
      if (!readSignatureScope(request) && !isForBucket(request, store)) return undefined;
      const operation = restOperation(request, "s3");
      if (operation === undefined || !Object.hasOwn(s3Operations, operation)) return undefined;
      return { operation, protocol: "rest-xml" };
    },
    handle,
    buckets: store,
    resourcePolicyOf: (arn) => store.find(arn.replace(/^arn:aws:s3:::/, ""))?.policy,
    close() {
      ended.abort();
      return Promise.resolve();
    },
  };
}

/** Whether a request that nobody signed is for S3: by its host, or since it names a bucket. */
function isForBucket(request: HttpRequest, store: BucketStore): boolean {
  const { bucket } = s3Address(request);
  return bucket !== "" && store.find(bucket) !== undefined;
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
