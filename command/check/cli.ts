/** `outage-drill check`: see HELP in chaos/fleet/check-options.ts. */
import { onSignals } from "../../chaos/fleet/on-signals.ts";
import { runCheck } from "../../chaos/fleet/run-check.ts";

process.exitCode = await runCheck(process.argv.slice(2), onSignals());
