import { drillApiAction } from "./drill-api-action.ts";

export const drillApiTruncatedResponse = drillApiAction({
  name: "truncated-response",
  description: "Lets the service act, and ends the connection in the middle of its answer.",
  readEffect: () => ({ truncated: {} }),
});
