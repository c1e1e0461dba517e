import Mocha from "mocha";

/** `reporterOptions` of the drill. */
export interface DrillReporterOptions {
  /** Whether the tree is printed. */
  readonly hasTree: boolean;
}

const { Base, Spec } = Mocha.reporters;

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

/** Mocha's tree on stdout, where it is wanted. */
export class DrillReporter extends Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { hasTree } = options.reporterOptions as DrillReporterOptions;
    if (hasTree) new Tree(runner, options);
  }
}
