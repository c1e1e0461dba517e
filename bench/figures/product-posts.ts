import { closedLoop, type LoadRequest } from "../closed-loop.ts";
import type { CloudProcess } from "../cloud-process.ts";
import type { Measure } from "../figure.ts";

/** POST through API Gateway, Lambda and DynamoDB. */
export const measureProductPosts: Measure = async (cloud) => {
  const load = productPosts(cloud);
  await closedLoop(load, { connections: 8, durationMs: 4_000 });
  const one = await closedLoop(load, { connections: 1, durationMs: 4_000 });
  const eight = await closedLoop(load, { connections: 8, durationMs: 8_000 });
  if (one.failures + eight.failures > 0) throw new Error("POSTs failed; see the cloud's log.");
  return [
    {
      name: "POST, 8 connections",
      unit: "/s",
      value: eight.requestsPerSecond,
      target: { atLeast: 900 },
    },
    { name: "POST, 1 connection, p50", unit: "ms", value: one.p50Ms, target: { atMost: 3 } },
    { name: "POST, 8 connections, p99", unit: "ms", value: eight.p99Ms },
  ];
};

export function productPosts({ outputs }: CloudProcess): LoadRequest {
  return {
    url: new URL(outputs.productApiUrl),
    headers: { "content-type": "application/json" },
    body: (n) =>
      JSON.stringify({
        id: `bench-${String(n % 5_000)}`,
        name: "Super Widget",
        price: "29.99",
        description: "A versatile widget that can be used for a variety of purposes.",
      }),
  };
}
