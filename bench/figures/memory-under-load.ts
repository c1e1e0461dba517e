import { closedLoop } from "../closed-loop.ts";
import type { Measure } from "../figure.ts";
import { residentMemoryMb } from "../resident-memory.ts";
import { productPosts } from "./product-posts.ts";

/** Resident memory of npm and all that it started, after a minute of POSTs over 32 connections. */
export const measureMemoryUnderLoad: Measure = async (cloud) => {
  const idle = residentMemoryMb(cloud.pid);
  await closedLoop(productPosts(cloud), { connections: 32, durationMs: 60_000 });
  const loaded = residentMemoryMb(cloud.pid);
  if (idle === undefined || loaded === undefined) return [];
  return [
    { name: "resident memory before load", unit: "MB", value: idle },
    {
      name: "resident memory, 32 connections, 1 min",
      unit: "MB",
      value: loaded,
      target: { atMost: 500 },
    },
  ];
};
