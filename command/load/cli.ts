/** `outage-drill load`: see HELP in chaos/fleet/load-options.ts. */
import { onSignals } from "../../chaos/fleet/on-signals.ts";
import { runLoad } from "../../chaos/fleet/run-load.ts";

process.exitCode = await runLoad(process.argv.slice(2), onSignals());
