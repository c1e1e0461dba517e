// `node --import` of this ends a script that cannot run here with one sentence, before it is loaded.
import { whyNotReady } from "./why-not-ready.js";

const reason = whyNotReady();
if (reason !== undefined) {
  process.stderr.write(`${reason}\n`);
  process.exit(3);
}
