import type { Drill } from "../drill.ts";
import type { Follower } from "./follow-live.ts";
import { followLive } from "./follow-live.ts";
import type { Output } from "./output-of.ts";
import { followInLog } from "./step-log.ts";

/** Shows how a drill goes on, where mocha's tree does not do so. */
export function followDrill(drill: Pick<Drill, "runs">, output: Output, lanes: number): Follower {
  const { mode, stream, paint, print, env } = output;
  if (mode === "live") return followLive(drill, { terminal: stream, lanes, paint });
  if (mode === "log")
    return followInLog(drill, { print, paint, hasGroups: env.GITHUB_ACTIONS === "true" });
  return { stop: () => undefined };
}
