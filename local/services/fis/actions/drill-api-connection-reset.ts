import { drillApiAction } from "./drill-api-action.ts";

export const drillApiConnectionReset = drillApiAction({
  name: "connection-reset",
  description: "Resets the connection of calls. The service does not act.",
  readEffect: () => ({ "connection-reset": {} }),
});
