import { z } from "zod";
import { chaosFaultRules } from "../faults/chaos-schema.ts";
import type { FaultLeases } from "../faults/fault-leases.ts";
import { describeIssue } from "../wire/describe-issue.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";

const collection = "/_outage-drill/leases";
const allowed = { collection: ["GET"], lease: ["GET", "PUT", "DELETE"] } as const;

/** Body of a PUT. Without faults and latency it only renews. */
const leaseInput = z.strictObject({
  seconds: z.number().positive().max(3600),
  faults: chaosFaultRules.optional(),
  latency: z.int().min(0).optional(),
});

/**
 * Leases on faults of the Chaos API, so that the faults of a drill that was killed end:
 * `GET /_outage-drill/leases` lists them, `PUT /_outage-drill/leases/{owner}` creates one with
 * `{ seconds, faults, latency }` or renews it with `{ seconds }` alone, `DELETE` ends it. `undefined`
 * for any other path. An invalid input is answered with 400 and changes nothing.
 */
export function handleLeaseApi(request: HttpRequest, leases: FaultLeases): HttpAnswer | undefined {
  const path = request.path.replace(/\/$/, "");
  const { method } = request;
  if (path === collection)
    return method === "GET"
      ? answer(200, { leases: leases.list() })
      : notAllowed(path, method, allowed.collection);
  if (!path.startsWith(`${collection}/`)) return undefined;
  const owner = decode(path.slice(collection.length + 1));
  if (owner === undefined || owner.length > 1024)
    return answer(400, {
      message: "The owner in the path must be percent-encoded text of at most 1,024 characters.",
    });
  if (method === "PUT") return put(owner, request, leases);
  if (method !== "GET" && method !== "DELETE") return notAllowed(path, method, allowed.lease);
  const lease = method === "GET" ? leases.get(owner) : leases.end(owner);
  return lease ? answer(200, lease) : noLease(owner);
}

function put(owner: string, { body }: HttpRequest, leases: FaultLeases): HttpAnswer {
  const input = parse(body);
  if (input === undefined) return answer(400, { message: "The request body is not valid JSON." });
  const result = leaseInput.safeParse(input, { reportInput: true });
  if (!result.success) return answer(400, { message: describeIssue(result.error) });
  const { seconds, faults, latency } = result.data;
  if (faults === undefined && latency === undefined) {
    const renewed = leases.renew(owner, seconds);
    return renewed ? answer(200, renewed) : noLease(owner);
  }
  return answer(200, leases.put(owner, seconds, { faults: faults ?? [], latency: latency ?? 0 }));
}

function noLease(owner: string): HttpAnswer {
  return answer(404, {
    message: `There is no lease of ${owner}: it has ended, or was never taken. PUT with faults and latency takes one.`,
  });
}

function notAllowed(path: string, method: string, methods: readonly string[]): HttpAnswer {
  const allow = methods.join(", ");
  const refused = answer(405, { message: `${path} accepts ${allow}, not ${method}.` });
  return { ...refused, headers: { ...refused.headers, allow } };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function decode(text: string): string | undefined {
  try {
    const owner = decodeURIComponent(text);
    return owner === "" ? undefined : owner;
  } catch {
    return undefined;
  }
}

function answer(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
