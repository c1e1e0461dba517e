import { currentDrill } from "./drill.ts";
import type { Step } from "./harness/steps.ts";
import { withoutFrames } from "./report/without-frames.ts";

const drill = currentDrill();

before(() => {
  void drill.start();
});

for (const run of drill.runs) {
  const { name, hypothesis, repetition } = run.experiment;
  const title = repetition === undefined ? name : `${name}, run ${String(repetition)}`;
  describe(`${title}: ${hypothesis}`, () => {
    before("opens the stack", async () => {
      await run.opened;
    });

    after("rolls the fault back", async () => {
      await run.finished;
    });

    for (const [phase, steps] of byPhase(run.steps))
      describe(phase, () => {
        for (const step of steps)
          it(step.name, async function () {
            const result = await run.resultOf(step);
            if (result.status === "not-applicable" && this.test)
              this.test.title += ` – ${(result.error as Error).message}`;
            if (["skipped", "not-applicable"].includes(result.status)) this.skip();
            else if (result.status !== "passed") throw withoutFrames(result.error) as Error;
          });
      });
  });
}

function byPhase(steps: readonly Step[]): Map<string, Step[]> {
  return Map.groupBy(steps, (step) => step.phase);
}
