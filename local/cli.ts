/** `npm run cloud`: see HELP in cli-options.ts. */
import { quietWarnings } from "../command-line/quiet-warnings.ts";
import { surviveClosedOutput } from "../command-line/survive-closed-output.ts";
import { keepCompiledCode } from "./keep-compiled-code.ts";
import { restartClean } from "./restart-clean.js";

await restartClean();

keepCompiledCode();
quietWarnings();
surviveClosedOutput();

// Before anything that takes long is imported, so that a signal counts from the start.
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}

// The process that restartClean keeps above this one, where it could not be replaced, has gone.
process.once("disconnect", () => {
  stop.abort();
});

const { runCli } = await import("./run-cli.ts");
process.exit(await runCli(process.argv.slice(2), stop.signal));
