import type { FisAction } from "./action.ts";

export const localstackDoNothing: FisAction = {
  id: "localstack:do-nothing",
  description: "Does nothing and completes at once.",
  parameters: {},
  targets: {},
  takesAnyTarget: true,
  plan: () => ({ durationMs: 0 }),
};
