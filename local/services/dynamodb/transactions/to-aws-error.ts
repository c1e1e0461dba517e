import { AwsError } from "../../../wire/aws-error.ts";
import type { DynaliteError } from "../dynalite-parts.ts";

/** dynalite's error as the one that the gateway writes. */
export function toAwsError({ statusCode, body, message }: DynaliteError): AwsError {
  const code = String(body["__type"]).split("#").at(-1) ?? "InternalServerError";
  return new AwsError(code, String(body["message"] ?? body["Message"] ?? message), statusCode);
}
