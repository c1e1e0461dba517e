/** `outage-drill scenario`: see HELP in chaos/fleet/scenario-options.ts. */
import { runScenario } from "../../chaos/fleet/write-scenario.ts";

process.exitCode = await runScenario(process.argv.slice(2));
