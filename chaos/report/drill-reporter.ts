import Mocha from "mocha";

/** `reporterOptions` of the drill. */
export interface DrillReporterOptions {
  /** File for the results as JUnit XML. */
  readonly junitFile: string;
}

const { Spec, XUnit } = Mocha.reporters;

/** Mocha's tree on stdout and its XUnit results in a file, at once. */
export class DrillReporter extends Spec {
  readonly #xunit: Mocha.reporters.XUnit;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { junitFile } = options.reporterOptions as DrillReporterOptions;
    this.#xunit = new XUnit(runner, {
      ...options,
      reporterOptions: { output: junitFile, suiteName: "npm run chaos" },
    });
  }

  /** Mocha calls this at the end of the run, with the number of failures. */
  override done(failures: number, resolve?: (failures: number) => void): void {
    this.#xunit.done(failures, (count) => resolve?.(count));
  }
}
