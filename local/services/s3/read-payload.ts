import { AwsError } from "../../wire/aws-error.ts";
import type { HttpRequest } from "../../wire/http.ts";
import { concatInTurns, digestOf } from "./digest.ts";
import { invalidRequest } from "./errors.ts";

/** The bytes of an upload, with what came behind them. */
export interface Payload {
  readonly body: Buffer;
  /** Headers that came behind the body, such as its checksum, by names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * The body that a request means: one in chunks (`aws-chunked`) is put together, and its trailers are
 * read. The hash of the body that the signature covers is compared, and so is its MD5; the signatures
 * of chunks are not, as no signature is here.
 * Source: S3 API reference, "Authenticating requests: transferring payload in multiple chunks".
 */
export async function readPayload({ headers, body }: HttpRequest): Promise<Payload> {
  const sha256 = headers["x-amz-content-sha256"];
  const isChunked =
    (typeof sha256 === "string" && sha256.startsWith("STREAMING-")) ||
    /(^|,)\s*aws-chunked\s*(,|$)/.test(headers["content-encoding"] ?? "");
  const payload = isChunked ? await readChunks(body) : { body, trailers: {} };
  if (isChunked) checkLength(headers["x-amz-decoded-content-length"], payload.body.length);
  else if (typeof sha256 === "string") await checkSha256(sha256, payload.body);
  await checkMd5(headers["content-md5"], payload.body);
  return payload;
}

async function readChunks(body: Buffer): Promise<Payload> {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf("\r\n", at);
    // A chunk's line has its size and signature; no other is longer.
    if (end < 0 || end - at > 1024) throw incomplete();
    const [size = ""] = body.toString("latin1", at, end).split(";");
    if (!/^[\da-f]{1,8}$/i.test(size)) throw incomplete();
    const length = Number.parseInt(size, 16);
    at = end + 2;
    if (length === 0) break;
    if (at + length + 2 > body.length) throw incomplete();
    parts.push(body.subarray(at, at + length));
    at += length + 2;
  }
  const [first] = parts;
  const whole = parts.length === 1 && first ? first : await concatInTurns(parts);
  return { body: whole, trailers: readTrailers(body.toString("latin1", at)) };
}

function readTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0)
      trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

function incomplete(): AwsError {
  return new AwsError(
    "IncompleteBody",
    "The request body terminated unexpectedly: its chunks do not fit their sizes.",
  );
}

function checkLength(declared: string | string[] | undefined, length: number): void {
  if (declared === undefined) throw new AwsError("MissingContentLength", missingLength, 411);
  if (Number(declared) !== length)
    throw new AwsError(
      "IncompleteBody",
      `You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header: ${String(length)} came.`,
    );
}

const missingLength =
  "You must provide the header x-amz-decoded-content-length with a body in chunks.";

async function checkSha256(declared: string, body: Buffer): Promise<void> {
  if (!/^[\da-f]{64}$/i.test(declared)) {
    if (declared === "UNSIGNED-PAYLOAD") return;
    throw invalidRequest(
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value.",
    );
  }
  const actual = Buffer.from(await digestOf("SHA256", body), "base64").toString("hex");
  if (actual !== declared.toLowerCase())
    throw new AwsError(
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
}

async function checkMd5(declared: string | string[] | undefined, body: Buffer): Promise<void> {
  if (typeof declared !== "string") return;
  if (Buffer.from(declared, "base64").length !== 16)
    throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.");
  if ((await digestOf("MD5", body)) !== declared.trim())
    throw new AwsError(
      "BadDigest",
      "The Content-MD5 you specified did not match what we received.",
    );
}
