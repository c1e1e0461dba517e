import { drillApiAction } from "./drill-api-action.ts";

export const drillApiHang = drillApiAction({
  name: "hang",
  description:
    "Leaves calls without an answer until the caller gives up or the action ends, which resets the connection. The service does not act.",
  readEffect: () => ({ hang: {} }),
});
