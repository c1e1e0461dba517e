import type { HttpRequest } from "../../../wire/http.ts";

/** What a request to a function URL is for. */
export interface FunctionUrlAddress {
  readonly urlId: string;
  /** With a leading slash, still percent-encoded. */
  readonly path: string;
}

const hostMark = ".lambda-url.";
const prefix = "/_aws/lambda-url/";

/**
 * Reads the two forms of a function URL: a host `{id}.lambda-url.…` (AWS, LocalStack) and the path
 * `/_aws/lambda-url/{id}/…`. `undefined` for a request that is for something else.
 */
export function readFunctionUrlAddress({
  headers: { host },
  path,
}: Pick<HttpRequest, "headers" | "path">): FunctionUrlAddress | undefined {
  const mark = host?.indexOf(hostMark) ?? -1;
  if (host && mark > 0) return { urlId: host.slice(0, mark).toLowerCase(), path };
  if (!path.startsWith(prefix)) return undefined;
  const end = path.indexOf("/", prefix.length);
  const urlId = path.slice(prefix.length, end < 0 ? undefined : end).toLowerCase();
  return { urlId, path: end < 0 ? "/" : path.slice(end) };
}
