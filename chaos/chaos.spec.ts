import { currentDrill } from "./drill.ts";
import type { Step } from "./harness/steps.ts";
import type { ScheduledRun } from "./scheduled-run.ts";
import { withoutFrames } from "./report/without-frames.ts";

const drill = currentDrill();

before(() => {
  void drill.start();
});

for (const run of drill.runs) {
  describe(`${nameOf(run)}: ${run.experiment.hypothesis}`, () => {
    before("opens the stack", async () => {
      await run.opened;
    });

    for (const [phase, steps] of byPhase(run.steps))
      describe(phase, () => {
        for (const step of steps)
          it(step.name, async function () {
            const result = await run.resultOf(step);
            if (result.status === "not-applicable" && this.test)
              this.test.title += ` – ${(result.error as Error).message}`;
            if (step.showsOutput && result.output !== undefined && this.test)
              this.test.title += `: ${String(result.output as string)}`;
            if (["skipped", "not-applicable"].includes(result.status)) this.skip();
            else if (result.status !== "passed") throw withoutFrames(result.error) as Error;
          });
      });
  });
}

describe("second look: nothing has overwritten an acknowledged write since", () => {
  for (const run of drill.runs)
    it(nameOf(run), async function () {
      const { status, error } = await run.secondLook;
      await run.finished;
      if (status === "skipped") this.skip();
      else if (status !== "passed") throw withoutFrames(error) as Error;
    });
});

function nameOf({ experiment: { name, repetition } }: ScheduledRun): string {
  return repetition === undefined ? name : `${name}, run ${String(repetition)}`;
}

function byPhase(steps: readonly Step[]): Map<string, Step[]> {
  return Map.groupBy(steps, (step) => step.phase);
}
