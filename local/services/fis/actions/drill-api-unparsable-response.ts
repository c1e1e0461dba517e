import { drillApiAction } from "./drill-api-action.ts";
import { readNumber } from "./parameters.ts";

export const drillApiUnparsableResponse = drillApiAction({
  name: "unparsable-response",
  description: "Answers calls with a load balancer's HTML page. The service does not act.",
  parameters: {
    errorCode: { description: "HTTP status, 400 to 599. Default: 503.", required: false },
  },
  readEffect: (parameters) => ({
    unparsable: {
      status: readNumber(parameters, "errorCode", { min: 400, max: 599, whole: true }) ?? 503,
    },
  }),
});
