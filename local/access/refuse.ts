import type { Log } from "../log.ts";
import type { Exchange } from "../steps/step.ts";
import { AwsError } from "../wire/aws-error.ts";
import { guessProtocol } from "../wire/guess-protocol.ts";
import type { HttpAnswer } from "../wire/http.ts";
import { readSignatureScope } from "../wire/signature.ts";
import { writeError } from "../wire/write-error.ts";

/** The 403 of a request that is not let in, in the form in which an SDK would read it; logged. */
export function refuse({ request, requestId }: Exchange, reason: string, log: Log): HttpAnswer {
  const service = readSignatureScope(request)?.service ?? "";
  const protocol = guessProtocol(request, service);
  const isXml = protocol === "query" || protocol === "rest-xml";
  log({ event: "request-refused", method: request.method, path: request.path, reason, requestId });
  const error = new AwsError(isXml ? "AccessDenied" : "AccessDeniedException", reason, 403);
  return writeError(error, { service, protocol, requestId });
}

/** A header's value as it may stand in a sentence. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value);
}
