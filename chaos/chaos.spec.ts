import { currentDrill } from "./drill.ts";
import type { Conductor } from "./harness/conductor.ts";
import { stepsOf } from "./harness/steps.ts";
import type { Step } from "./harness/steps.ts";
import { withoutFrames } from "./report/without-frames.ts";

const drill = currentDrill();

for (const experiment of drill.experiments)
  describe(`${experiment.name}: ${experiment.hypothesis}`, () => {
    let conductor: Conductor | undefined;

    before("opens the stack", async () => {
      conductor = await drill.begin(experiment);
    });

    after("takes the fault back", async () => {
      if (conductor) await drill.end(conductor);
    });

    for (const [phase, steps] of byPhase(stepsOf(experiment)))
      describe(phase, () => {
        for (const step of steps)
          it(step.name, async function () {
            const result = await conductor?.execute(step);
            if (result?.status === "not-applicable" && this.test)
              this.test.title += ` – ${(result.error as Error).message}`;
            if (!result || ["skipped", "not-applicable"].includes(result.status)) this.skip();
            else if (result.status !== "passed") throw withoutFrames(result.error) as Error;
          });
      });
  });

function byPhase(steps: readonly Step[]): Map<string, Step[]> {
  return Map.groupBy(steps, (step) => step.phase);
}
