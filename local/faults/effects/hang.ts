import { connectionReset } from "../../wire/transport-failure.ts";
import type { EndingEffect } from "./effect.ts";

/**
 * Nothing comes until the caller gives up or the fault ends, which resets the connection; the
 * service does not act.
 */
export const hangEffect: EndingEffect<object> = {
  role: "ends",
  async end(_, hit) {
    await hit.untilFaultEnds();
    throw connectionReset();
  },
};
