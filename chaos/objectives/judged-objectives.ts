import type { ExperimentRun } from "../harness/experiment-run.ts";
import type { JournalStep } from "../harness/journal.ts";
import { evidenceFloor, evidenceStep } from "./evidence-floor.ts";
import { judgeObjective } from "./judge-objective.ts";
import { measuredOf } from "./measured-run.ts";
import type { JudgedObjective, ObjectiveStatus } from "./objective.ts";
import { nameOfStep } from "./objective-steps.ts";
import { parseObjective } from "./parse-objective.ts";

/** A limit in the form of an objective, and the step that judges it. */
interface Limit {
  readonly text: string;
  readonly step: string;
  readonly isBuiltIn: boolean;
}

type Steps = readonly Pick<JournalStep, "name" | "status" | "error">[];

/**
 * The objectives of a run and the limits that every drill has, each beside what was measured. Whether one
 * is kept was judged by its step, which also knows whether the machine had time.
 */
export function judgedObjectives(run: ExperimentRun, steps: Steps): JudgedObjective[] {
  const measured = measuredOf(run);
  return limitsOf(run).map(({ text, step, isBuiltIn }) => {
    const { status, reason, ...judged } = judgeObjective(parseObjective(text), measured);
    const taken = steps.find(({ name }) => name === step);
    // What meets its limit may stand below a step that failed for another reason.
    const isFine = isBuiltIn && status === "held";
    return {
      ...judged,
      ...(isFine ? { status } : fromStep(taken, status, reason)),
      ...(isBuiltIn && { isBuiltIn }),
    };
  });
}

function limitsOf({ experiment, aftermath }: ExperimentRun): Limit[] {
  const { checks, objectives = [] } = experiment;
  const all = [...checks.before, ...checks.during, ...checks.after, ...checks.verify];
  const { verdict, deadlineMs } = aftermath ?? {};
  return [
    ...all.flatMap(({ limit, name }) =>
      limit === undefined ? [] : [{ text: limit, step: name, isBuiltIn: true }],
    ),
    ...(deadlineMs === undefined
      ? []
      : [
          {
            text: `recovery<=${String(deadlineMs / 1000)}s`,
            step: "writes are acknowledged again, and the queue is empty",
            isBuiltIn: true,
          },
        ]),
    ...(verdict
      ? [
          {
            text: `evidence.writes>=${String(evidenceFloor(verdict.acknowledged))}`,
            step: evidenceStep.name,
            isBuiltIn: true,
          },
        ]
      : []),
    ...objectives.map(parseObjective).map((objective) => ({
      text: objective.text,
      step: nameOfStep(objective),
      isBuiltIn: false,
    })),
  ];
}

function fromStep(
  step: Steps[number] | undefined,
  status: ObjectiveStatus,
  reason: string | undefined,
): Pick<JudgedObjective, "status" | "reason"> {
  if (step?.status === "passed") return { status: "held" };
  if (step?.status === "failed" && status !== "unknown") return { status: "not-held" };
  const why = reason ?? step?.error?.replace(/^\w+Error: /, "") ?? "It was not judged.";
  return { status: "unknown", reason: why };
}
