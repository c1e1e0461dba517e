import { isNodeNewEnough, tooOldNode } from "../../command-line/needed-node.js";
import type { Check } from "./check.ts";

/** Whether this Node.js is new enough. */
export function checkNode(version: string): Check {
  return isNodeNewEnough(version)
    ? { state: "ready", text: `Node.js ${version}.` }
    : { state: "missing", text: tooOldNode(version) };
}
