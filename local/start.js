// `npm run cloud`: restarts clean before the first TypeScript is loaded.
import { fileURLToPath } from "node:url";
import { keepNpmOptions } from "../command-line/npm-options.js";
import { whyNotReady } from "../command-line/why-not-ready.js";
import { restartClean } from "./restart-clean.js";

const reason = whyNotReady();
if (reason === undefined) {
  keepNpmOptions(process.env);
  await restartClean(fileURLToPath(new URL("cli.ts", import.meta.url)));
  await import("./cli.ts");
} else {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 3;
}
