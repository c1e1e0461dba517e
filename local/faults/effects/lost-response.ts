import { connectionReset } from "../../wire/transport-failure.ts";
import type { EndingEffect } from "./effect.ts";

/** The service acts, and the connection is reset in place of its answer, an error's also. */
export const lostResponseEffect: EndingEffect<object> = {
  role: "ends",
  async end(_, hit) {
    await hit.act().catch(() => undefined);
    throw connectionReset();
  },
};
