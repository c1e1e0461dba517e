import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Measured } from "../figure.ts";

interface Taken {
  readonly tookMs: number;
  readonly maxResidentKib: number;
}

/** The verdict on a long history: how long it takes, and in how much memory, the history included. */
export async function measureChecker(directory: string): Promise<Measured[]> {
  const script = join(directory, "bench", "check-history.ts");
  // A checkout from before there was one.
  if (!existsSync(script)) return [];
  const take = async (requests: number) => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(requests)]);
    return JSON.parse(stdout) as Taken;
  };
  const [short, long] = [await take(100_000), await take(1_000_000)];
  return [
    {
      name: "verdict on 100,000 requests",
      unit: "s",
      value: short.tookMs / 1000,
      target: { atMost: 2 },
    },
    { name: "verdict on 1,000,000 requests", unit: "s", value: long.tookMs / 1000 },
    {
      name: "memory, history of 1,000,000 requests",
      unit: "MB",
      value: (long.maxResidentKib * 1024) / 1e6,
      target: { atMost: 1000 },
    },
  ];
}
