import type { Mutant } from "./mutant.ts";

const buffer = "packages/write-buffer/src/write-buffer.ts";

/** Mistakes in the infrastructure. */
export const wiringMutants: readonly Mutant[] = [
  {
    name: "no-partial-responses",
    what: "the mapping does not ask which messages failed",
    edits: [
      {
        file: buffer,
        before: `        functionResponseTypes: ["ReportBatchItemFailures"],\n`,
        after: "",
      },
    ],
    experiments: ["outage"],
    shows: ["lost", "stale"],
  },
  {
    name: "one-receive",
    what: "a message goes to the dead-letter queue after its first failure",
    edits: [
      {
        file: "functions/shared/time-budget.ts",
        before: "maxReceiveCount: 1_000,",
        after: "maxReceiveCount: 1,",
      },
    ],
    experiments: ["outage"],
    shows: ["dead-lettered"],
  },
  {
    name: "disabled-mapping",
    what: "nobody receives what is queued",
    edits: [
      {
        file: buffer,
        before: "        eventSourceArn: queue.arn,",
        after: "        eventSourceArn: queue.arn,\n        enabled: false,",
      },
    ],
    experiments: ["outage"],
    shows: ["expectation"],
  },
  {
    name: "topic-not-allowed",
    what: "the queue does not take the topic's messages, which end in its dead-letter queue",
    edits: [
      {
        file: buffer,
        before: "const queueDocument = topicMaySend(topic, queue);",
        after: "const queueDocument = topicMaySend(topic, deadLetterQueue);",
      },
    ],
    experiments: ["outage"],
    shows: ["lost", "dead-lettered", "stale"],
  },
  {
    name: "retry-may-not-put",
    what: "the retry function's role does not allow its put",
    edits: [
      {
        file: "infra/product-buffer.ts",
        before: `actions: ["dynamodb:PutItem"],`,
        after: `actions: ["dynamodb:GetItem"],`,
      },
    ],
    experiments: ["outage"],
    shows: ["expectation"],
  },
];
