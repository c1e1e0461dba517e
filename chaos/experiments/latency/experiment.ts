import {
  deadLetterQueueIsEmpty,
  everyWriteFails,
  everyWriteIsAcknowledged,
  isSteady,
  latencyBelow,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { answersInjectedError, own } from "../../product/tutorial-checks.ts";
import { loadProduct } from "../outage/load-product.ts";

const widget = loadProduct("prod-1088");

/** The tutorial's latency template: every call of every service waits 4 s and then fails. */
export const latency: Experiment = {
  name: "latency",
  title: "every call takes 4 s and then fails",
  inStandardSet: true,
  hypothesis: "while nothing works, no write is acknowledged, and afterwards all is as before",
  template: (templates) => templates["latency"],
  config: {},
  load: {
    keys: { hot: 6, handover: 4, faultOnly: 8 },
    before: { durationMs: 1_000, writesPerSecond: 20, readsPerSecond: 10 },
    during: { durationMs: 5_500, writesPerSecond: 4, readsPerSecond: 2 },
    after: { durationMs: 1_500, writesPerSecond: 20, readsPerSecond: 10 },
    timeoutMs: 15_000,
  },
  drainDeadlineMs: 90_000,
  faultSign: (op) => op.type !== "ok",
  possibleAcknowledgements: [],
  checks: {
    before: [isSteady("before"), latencyBelow("before", 2_000)],
    during: [
      {
        ...answersInjectedError(
          "POST prod-1088",
          (context) => context.write(own(context, widget)),
          "InternalError",
        ),
        early: true,
      },
      everyWriteFails("during"),
    ],
    after: [everyWriteIsAcknowledged("after"), latencyBelow("after", 2_000)],
    verify: [nothingLostNothingStale, deadLetterQueueIsEmpty],
  },
};
