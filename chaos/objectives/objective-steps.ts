import type { Experiment } from "../harness/experiment.ts";
import type { ExperimentRun } from "../harness/experiment-run.ts";
import {
  CertainlyNotHeldError,
  NotHeldError,
  TooSlowError,
  UndecidedError,
} from "../harness/step-errors.ts";
import type { Step } from "../harness/steps.ts";
import { describeJudged, judgeObjective } from "./judge-objective.ts";
import { measuredOf } from "./measured-run.ts";
import type { JudgedObjective, Objective } from "./objective.ts";
import { parseObjective } from "./parse-objective.ts";

/** A time that is up to so many times its limit may be long because the machine is momentarily busy. */
const momentaryFactor = 3;
/** Programs that take twice as long make an application up to so many times as slow. */
const amplification = 10;

/** The steps that judge an experiment's objectives. They can make an outcome worse, never better. */
export function objectiveSteps({ objectives = [] }: Pick<Experiment, "objectives">): Step[] {
  return objectives.map((text) => toStep(parseObjective(text)));
}

/** What the step of an objective is called. */
export function nameOfStep({ text }: Pick<Objective, "text">): string {
  return `objective ${text}`;
}

function toStep(objective: Objective): Step {
  return {
    phase: "verification",
    name: nameOfStep(objective),
    essential: false,
    showsOutput: true,
    run: (run) => judge(objective, run),
  };
}

function judge(objective: Objective, run: ExperimentRun): string {
  const judged = judgeObjective(objective, measuredOf(run));
  const text = describeJudged(judged);
  if (judged.status === "held") return text;
  if (judged.status === "unknown") throw new UndecidedError(text);
  if (judged.unit !== "time") throw new NotHeldError(text);
  throw notHeldTime(judged, run, text);
}

/** A busy machine makes times longer, never shorter, and not by any factor. */
function notHeldTime({ limit, value = 0 }: JudgedObjective, run: ExperimentRun, text: string) {
  const slowdown = run.cpuWatch.quantileSince(run.windows.startMs ?? 0, 0.9) ?? 1;
  if (value < limit || value > limit * amplification * slowdown)
    return new CertainlyNotHeldError(text);
  return value <= limit * momentaryFactor ? new TooSlowError(text) : new NotHeldError(text);
}
