import { quietWarnings } from "../../command-line/quiet-warnings.ts";
import { runReport } from "./run-report.ts";

quietWarnings();
process.exitCode = await runReport(process.argv.slice(2));
