import type { Random } from "./random.ts";
import { type RawRequest, validRequests } from "./valid-requests.ts";

/** A request that makes no sense to anyone: random method, path, headers and bytes. */
export function garbage(random: Random): RawRequest {
  const donor = random.pick(validRequests);
  const text = (most: number): string =>
    Array.from({ length: random.below(most) }, () =>
      String.fromCharCode(0x21 + random.below(0x5e)),
    ).join("");
  return {
    method: random.pick(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]),
    path: random.pick([
      "/",
      donor.path,
      `/${encodeURIComponent(text(30))}`,
      `/${text(30)}`,
      "//",
      "/%",
      "/?Action=Publish&Version=2010-03-31&TopicArn=%",
      "/_localstack/chaos/faults",
      "/restapis/__proto__/dev/_user_request_/x",
      "/_aws/execute-api/constructor/toString/x",
    ]),
    headers: {
      ...(random.chance(0.7) && donor.headers),
      ...(random.chance(0.3) && { "content-type": text(40) }),
      ...(random.chance(0.2) && { authorization: text(60) }),
      ...(random.chance(0.2) && { "x-amz-target": text(40) }),
      ...(random.chance(0.1) && { host: text(20).replaceAll(/[^\w.]/g, "") || "x" }),
      ...(random.chance(0.1) && { expect: "100-continue" }),
    },
    body: Array.from({ length: random.below(400) }, () =>
      String.fromCharCode(random.below(256)),
    ).join(""),
  };
}
