import type { HttpRequest } from "../../wire/http.ts";

/** What a request to a deployed API is for. */
export interface ExecuteApiAddress {
  readonly apiId: string;
  readonly stageName: string;
  /** With a leading slash and without the stage, still percent-encoded. */
  readonly path: string;
  /** After the id: with the stage, where the request names one. */
  readonly wholePath: string;
}

const hostMark = ".execute-api.";
const userRequest = "_user_request_";

/**
 * Reads the three forms of an API's address: a host `{id}.execute-api.…` (AWS, LocalStack),
 * `/_aws/execute-api/{id}/{stage}/…` and `/restapis/{id}/{stage}/_user_request_/…` (LocalStack).
 * `undefined` for a request that is for something else.
 */
export function readExecuteApiAddress({
  headers: { host },
  path,
}: Pick<HttpRequest, "headers" | "path">): ExecuteApiAddress | undefined {
  const mark = host?.indexOf(hostMark) ?? -1;
  if (host && mark > 0) {
    const [stageName, rest] = cut(path, 1);
    return { apiId: host.slice(0, mark).toLowerCase(), stageName, path: rest, wholePath: path };
  }
  if (path.startsWith("/_aws/execute-api/")) return readIdAndStage(path, "/_aws/execute-api/");
  if (path.startsWith("/restapis/")) {
    const address = readIdAndStage(path, "/restapis/");
    if (!address.path.startsWith(`/${userRequest}`)) return undefined;
    const rest = address.path.slice(1 + userRequest.length);
    if (rest !== "" && !rest.startsWith("/")) return undefined;
    return { ...address, path: rest || "/", wholePath: `/${address.stageName}${rest || "/"}` };
  }
  return undefined;
}

function readIdAndStage(path: string, prefix: string): ExecuteApiAddress {
  const [apiId, afterId] = cut(path, prefix.length);
  const [stageName, rest] = cut(afterId, 1);
  return { apiId: apiId.toLowerCase(), stageName, path: rest, wholePath: afterId };
}

/** The segment that starts at `start`, and the path after it. */
function cut(path: string, start: number): [segment: string, rest: string] {
  const end = path.indexOf("/", start);
  return end < 0 ? [path.slice(start), "/"] : [path.slice(start, end), path.slice(end)];
}
