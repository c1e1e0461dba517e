import type { FaultGate } from "../faults/fault-gate.ts";
import type { S3Service } from "../services/s3/s3-service.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";
import { escapeXml } from "../wire/xml.ts";
import type { Exchange, Step } from "./step.ts";

/** Source: S3 User Guide, "Website endpoints"; the last is the emulators' own. */
const names =
  /^(?<bucket>.+)\.s3-website(?:[.-](?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com|\.localhost\.localstack\.cloud)(?::\d+)?$/i;

export interface S3WebsiteOptions {
  readonly s3: Pick<S3Service, "handle" | "buckets">;
  readonly gate: FaultGate;
  readonly accountId: string;
}

/**
 * Buckets with a website, by the names of websites: reads of everyone, which the bucket's policy or ACLs
 * must allow, and which faults on S3 hit. A folder is answered with its index document, an error with
 * the error document. Source: S3 User Guide, "Hosting a static website using Amazon S3".
 */
export function createServeS3Website({ s3, gate, accountId }: S3WebsiteOptions): Step {
  return (exchange) => {
    const host = exchange.request.headers.host ?? "";
    const found = host.includes(".s3-website") ? names.exec(host)?.groups : undefined;
    return found && serve(exchange, found);
  };

  async function serve(
    exchange: Exchange,
    found: Readonly<Record<string, string | undefined>>,
  ): Promise<HttpAnswer> {
    const { method } = exchange.request;
    const name = (found["bucket"] ?? "").toLowerCase();
    const bucket = s3.buckets.find(name);
    const region = found["region"] ?? bucket?.region ?? "us-east-1";
    if (!bucket || bucket.region !== region)
      return errorPage(404, "NoSuchBucket", "The specified bucket does not exist");
    const { website } = bucket;
    if (!website)
      return errorPage(
        404,
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration",
      );
    if (method !== "GET" && method !== "HEAD")
      return errorPage(
        405,
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
      );

    const read = (path: string): Promise<HttpAnswer> => {
      const call = callOf(exchange, { path: `/${name}${path}`, region, accountId });
      const act = () => s3.handle(call);
      return Promise.resolve(gate.pass(call, act, exchange.signal) ?? act());
    };
    const { path } = exchange.request;
    const wanted = path.endsWith("/") ? path + encodeURIComponent(website.indexSuffix) : path;
    try {
      return redirected(await read(wanted));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.status === 404 && !path.endsWith("/")) {
        const index = decodeURIComponent(`${path.slice(1)}/`) + website.indexSuffix;
        if (s3.buckets.newest(bucket, index)?.isDeleteMarker === false)
          return { status: 302, headers: { location: `${path}/` }, body: "" };
      }
      if (error.status < 400 || error.status >= 500 || website.errorKey === undefined)
        return errorPage(error.status, error.code, error.message);
      const document = website.errorKey.split("/").map(encodeURIComponent).join("/");
      const answer = await read(`/${document}`).catch(() => undefined);
      return answer
        ? { ...answer, status: error.status }
        : errorPage(error.status, error.code, error.message);
    }
  }
}

/** The read of an object that nobody signed. */
function callOf(
  { request, requestId, signal }: Exchange,
  { path, region, accountId }: { path: string; region: string; accountId: string },
): AwsCall {
  const inner: HttpRequest = {
    ...request,
    path,
    query: new URLSearchParams(),
    headers: { ...request.headers, host: "localhost" },
    rawHeaders: request.rawHeaders ?? [],
  };
  return {
    ...{
      requestId,
      service: "s3",
      operation: "GetObject",
      protocol: "rest-xml",
      region,
      accountId,
    },
    ...{ accessKeyId: undefined, roleArn: undefined, request: inner, signal },
  };
}

function redirected(answer: HttpAnswer): HttpAnswer {
  const location = answer.headers["x-amz-website-redirect-location"];
  if (location === undefined) return answer;
  return { status: 301, headers: { location: String(location) }, body: "" };
}

function errorPage(status: number, code: string, message: string): HttpAnswer {
  const title = `${String(status)} ${escapeXml(code)}`;
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${escapeXml(message)}</p></body></html>\n`,
  };
}
