import Mocha from "mocha";

const { Spec } = Mocha.reporters;

/** Mocha's tree on stdout. */
export class DrillReporter extends Spec {}
