import { drillApiAction } from "./drill-api-action.ts";
import { readNumber } from "./parameters.ts";

const longestDelayMs = 12 * 60 * 60 * 1000;

export const drillApiDelay = drillApiAction({
  name: "delay",
  description: "Delays calls; the service acts afterwards, or at once when the action ends.",
  parameters: {
    delayMilliseconds: { description: "Delay of each call, 1 to 43200000.", required: true },
  },
  readEffect: (parameters) => ({
    delay: {
      delayMs:
        readNumber(parameters, "delayMilliseconds", { min: 1, max: longestDelayMs, whole: true }) ??
        1,
    },
  }),
});
