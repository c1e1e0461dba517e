/** `npm run chaos`: see `helpText` in cli-options.ts. */
import { keepNpmOptions } from "../command-line/npm-options.js";
import { surviveClosedOutput } from "../command-line/survive-closed-output.ts";
import { restartClean } from "../local/restart-clean.js";

const args = process.argv.slice(2);
// A stack of the user's is reached with the user's keys; no function of it runs in this process.
const isOnStack = args.some((arg) => /^--(stack|outputs|stop)(=|$)/.test(arg));
keepNpmOptions(process.env);
if (!isOnStack) await restartClean();

surviveClosedOutput();
const { runCli } = await import("./run-cli.ts");
process.exitCode = await runCli(args);
