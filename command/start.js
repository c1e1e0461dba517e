#!/usr/bin/env node
// The command `outage-drill`. JavaScript, so that a Node.js that is too old can tell its user.
import { isNodeNewEnough, tooOldNode } from "./needed-node.js";

if (isNodeNewEnough(process.versions.node)) await import("./cli.ts");
else {
  process.stderr.write(`${tooOldNode(process.versions.node)}\n`);
  process.exitCode = 3;
}
