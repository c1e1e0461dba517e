import type { FisAction } from "./action.ts";

export const localstackLogDebug: FisAction = {
  id: "localstack:log-debug",
  description: "Writes a message to the log of the cloud and completes at once.",
  parameters: { message: { description: "What to write.", required: false } },
  targets: {},
  takesAnyTarget: true,
  plan: ({ message = "" }) => ({
    durationMs: 0,
    start({ experimentId, action, log }) {
      log({ event: "fis-log-debug", experimentId, action, message });
    },
  }),
};
