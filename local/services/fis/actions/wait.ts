import type { FisAction } from "./action.ts";
import { readDuration } from "./parameters.ts";

export const wait: FisAction = {
  id: "aws:fis:wait",
  description: "Waits for a time.",
  parameters: { duration: { description: "ISO 8601, such as PT1M.", required: true } },
  targets: {},
  plan: (parameters) => ({ durationMs: readDuration(parameters) }),
};
