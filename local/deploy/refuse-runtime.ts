import { UNKNOWN_VALUE } from "./from-wire.ts";
import type { Refusal } from "./refused-error.ts";
import type { EndpointOptions } from "./resource-type.ts";

/** The oldest runtime for Node.js that AWS still supports; the embedded cloud runs it and newer ones. */
const OLDEST = 20;

/** What of a function's runtime the embedded cloud does not run. */
export function refuseRuntime(
  { runtime }: Readonly<Record<string, unknown>>,
  { runOldRuntimes }: EndpointOptions,
): readonly Refusal[] {
  if (typeof runtime !== "string" || runtime === UNKNOWN_VALUE) return [];
  const part = `the runtime ${runtime}`;
  const major = Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1]);
  if (Number.isNaN(major))
    return [{ part, reason: `${part} is not served: functions run on Node.js only.` }];
  if (major >= OLDEST || runOldRuntimes) return [];
  return [
    {
      part,
      reason:
        `${part} is one that AWS has ended: give nodejs24.x, or let it run on Node.js 24 with ` +
        "--run-old-runtimes.",
    },
  ];
}
