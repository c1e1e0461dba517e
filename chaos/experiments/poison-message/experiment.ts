import { acceptedByQueue } from "../../harness/accepted-by-queue.ts";
import { nothingLostNothingStale } from "../../harness/checks.ts";
import type { Experiment } from "../../harness/experiment.ts";
import { poisonedMessages } from "./poisoned-messages.ts";

const common = acceptedByQueue({
  name: "poison-message",
  title: "messages arrive that nobody can process, while DynamoDB is unavailable",
  hypothesis:
    "a message that can never be processed reaches the dead-letter queue with its reason, and holds up nobody",
});

/** Among the queued writes are messages that no later attempt can put. */
export const poisonMessage: Experiment = {
  ...common,
  checks: {
    ...common.checks,
    during: [{ ...poisonedMessages.send, early: true }, ...common.checks.during],
    verify: [nothingLostNothingStale, poisonedMessages.areDeadLetters],
  },
};
