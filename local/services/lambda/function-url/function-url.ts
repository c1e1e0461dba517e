import { randomBytes } from "node:crypto";
import type { CorsConfiguration } from "../../http-payload/cors.ts";
import type { LambdaFunction } from "../lambda-function.ts";

/** The HTTP endpoint of a function. Source: Lambda API, CreateFunctionUrlConfig. */
export interface FunctionUrl {
  /** First label of its host name. */
  readonly urlId: string;
  readonly authType: "NONE" | "AWS_IAM";
  readonly cors: CorsConfiguration | undefined;
  readonly creationTime: string;
  readonly lastModifiedTime: string;
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * An id as Lambda makes them, or the one that the function's tag `_custom_id_` fixes, as LocalStack
 * reads it.
 */
export function createUrlId({ tags }: LambdaFunction): string {
  const custom = tags.get("_custom_id_");
  if (custom !== undefined && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(custom)) return custom;
  return Array.from(randomBytes(32), (byte) => alphabet[byte % alphabet.length]).join("");
}

/** As AWS gives it; this endpoint serves it by the same host name, and by path. */
export function addressOf({ urlId }: FunctionUrl, region: string): string {
  return `https://${urlId}.lambda-url.${region}.on.aws/`;
}
