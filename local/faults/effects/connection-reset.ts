import { connectionReset } from "../../wire/transport-failure.ts";
import type { EndingEffect } from "./effect.ts";

/** The connection is reset without an answer; the service does not act. */
export const connectionResetEffect: EndingEffect<object> = {
  role: "ends",
  end: () => Promise.reject(connectionReset()),
};
