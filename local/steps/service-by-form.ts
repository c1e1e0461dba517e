import { readTarget } from "../services/json-service.ts";
import { readForm } from "../services/query-service.ts";
import type { HttpRequest } from "../wire/http.ts";
import names from "../wire/signing-names.json" with { type: "json" };

const targets: Readonly<Record<string, string>> = names.targets;
const versions: Readonly<Record<string, string>> = names.versions;

/**
 * The signing name of the service that an unsigned request is for, such as one of Cognito or of an
 * anonymous reader of S3; `undefined` for a request that is no call of AWS.
 * Source: target prefixes and API versions of the AWS service models.
 */
export function serviceByForm(request: HttpRequest): string | undefined {
  const [prefix] = readTarget(request.headers["x-amz-target"]);
  if (prefix !== "") return Object.hasOwn(targets, prefix) ? targets[prefix] : undefined;
  const host = request.headers.host ?? "";
  if (/^(?:[^.]+\.)?s3[.-]/.test(host)) return "s3";
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (isForm !== true && !request.query.has("Action")) return undefined;
  const { Action, Version = "" } = readForm(request);
  return Action !== undefined && Object.hasOwn(versions, Version) ? versions[Version] : undefined;
}
