// `npm run chaos`: JavaScript, so that a Node.js that runs no TypeScript can say what is missing.
import { whyNotReady } from "../command-line/why-not-ready.js";

const reason = whyNotReady();
if (reason === undefined) await import("./cli.ts");
else {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 3;
}
