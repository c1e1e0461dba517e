#!/usr/bin/env node
// The command `outage-drill`. JavaScript, so that a Node.js that is too old can tell its user.
import { whyNotReady } from "../command-line/why-not-ready.js";

const reason = whyNotReady();
if (reason === undefined) await import("./cli.ts");
else {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 3;
}
