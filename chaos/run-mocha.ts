import type { DrillReporterOptions } from "./report/drill-reporter.ts";
import { fileURLToPath } from "node:url";
import { useDrill } from "./drill.ts";
import type { Drill } from "./drill.ts";

export interface RunMochaOptions extends DrillReporterOptions {
  /** Whether the tree has colours. */
  readonly isColored: boolean;
}

/** Runs the drill's experiments as mocha suites, to their end. */
export async function runMocha(
  drill: Drill,
  { isColored, ...reporterOptions }: RunMochaOptions,
): Promise<void> {
  // Imported here because it takes long: wrong options are refused without it.
  const { default: Mocha } = await import("mocha");
  const { DrillReporter } = await import("./report/drill-reporter.ts");
  useDrill(drill);
  // Every wait of the harness has a deadline of its own.
  const mocha = new Mocha({
    reporter: DrillReporter as unknown as Mocha.ReporterConstructor,
    reporterOptions,
    color: isColored,
    timeout: 0,
    slow: Infinity,
  });
  mocha.addFile(fileURLToPath(new URL("chaos.spec.ts", import.meta.url)));
  await mocha.loadFilesAsync();
  await new Promise<void>((resolve) => {
    mocha.run(() => {
      resolve();
    });
  });
}
