import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { shortLoad } from "../../harness/short-load.ts";

const common = acceptedByQueue({
  name: "burst-after-recovery",
  title: "DynamoDB is back, and 10,000 queued writes arrive at once",
  hypothesis: "a long backlog drains without losing a write, while new ones are taken",
});

/** The load of a long outage, sent as fast as it is answered. */
export const burstAfterRecovery: Experiment = {
  ...common,
  isPatient: true,
  load: {
    ...shortLoad({ keys: { hot: 20, handover: 20, faultOnly: 20 }, afterMs: 2_000 }),
    during: {
      durationMs: 1_000,
      writesPerSecond: 20,
      readsPerSecond: 5,
      backlog: { writes: 10_000, concurrency: 32 },
    },
  },
  drainDeadlineMs: 120_000,
};
