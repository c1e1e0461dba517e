import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import { everyWriteIsAcknowledged, isSteady } from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { shortLoad } from "../../harness/short-load.ts";

const common = acceptedByQueue({
  name: "partial-outage",
  title: "a third of DynamoDB's calls fail",
  hypothesis:
    "while some calls fail, writes of one key go both ways, and the newest of each key wins",
});

/** Direct and queued writes of the same keys, side by side, while retries meet the fault as well. */
export const partialOutage: Experiment = {
  ...common,
  inStandardSet: true,
  // Many keys of several writes, so that both ways meet on them.
  load: shortLoad({ faultMs: 3_000, writesPerSecond: 60, keys: { hot: 10, faultOnly: 16 } }),
  faultSign: (op) => op.type !== "ok",
  possibleAcknowledgements: ["ok", "queued"],
  checks: {
    ...common.checks,
    before: [isSteady("before")],
    during: [everyWriteIsAcknowledged("during")],
  },
};
