import type { HttpAnswer } from "../../wire/http.ts";
import { connectionReset, TransportFailure } from "../../wire/transport-failure.ts";
import type { EndingEffect } from "./effect.ts";

/** The service acts, and the connection ends in the middle of its answer, an error's also. */
export const truncatedEffect: EndingEffect<object> = {
  role: "ends",
  async end(_, hit) {
    const answer = await hit.act().catch(() => undefined);
    throw isHttpAnswer(answer)
      ? new TransportFailure("The connection ended in the middle of the answer.", answer, {
          isCut: true,
        })
      : connectionReset();
  },
};

function isHttpAnswer(answer: unknown): answer is HttpAnswer {
  return typeof answer === "object" && answer !== null && "status" in answer && "body" in answer;
}
