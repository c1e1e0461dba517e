import Mocha from "mocha";

/** `reporterOptions` of the drill. */
export interface DrillReporterOptions {
  /** File for the results as JUnit XML. */
  readonly junitFile: string;
  /** Whether the tree is printed. */
  readonly hasTree: boolean;
}

const { Base, Spec, XUnit } = Mocha.reporters;

/** Mocha's tree, without what failed in the end: the result says that once. */
class Tree extends Spec {
  override epilogue(): void {
    const { passes, failures, pending, duration = 0 } = this.stats;
    const skipped = pending > 0 ? `, ${String(pending)} skipped` : "";
    Base.consoleLog(
      `  ${String(passes)} steps passed, ${String(failures)} did not${skipped} (${(duration / 1000).toFixed(0)} s)`,
    );
  }
}

/** Mocha's tree on stdout, where it is wanted, and its XUnit results in a file. */
export class DrillReporter extends Base {
  readonly #xunit: Mocha.reporters.XUnit;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { junitFile, hasTree } = options.reporterOptions as DrillReporterOptions;
    if (hasTree) new Tree(runner, options);
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
