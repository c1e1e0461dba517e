import { drillApiAction } from "./drill-api-action.ts";

export const drillApiLostResponse = drillApiAction({
  name: "lost-response",
  description: "Lets the service act, and resets the connection in place of its answer.",
  readEffect: () => ({ "lost-response": {} }),
});
