import { describeRule } from "./support/describe-rule.ts";

const DEAD_LETTER_ARN = "arn:aws:sqs:us-east-1:123456789012:ProductEventsDeadLetterQueue";
const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/123456789012/ProductEventsQueue";
const redriveAfter = (maxReceiveCount: number) => ({
  "write-buffer-queue": { redrivePolicy: { maxReceiveCount } },
});

describeRule("queue-has-dead-letter-queue", {
  "refuses a queue without a redrive policy": {
    change: (draft) => draft.unset("write-buffer-queue", "redrivePolicy"),
    messages: [
      "Queue write-buffer-queue feeds a function and has no dead-letter queue, so a message that can never succeed blocks or is lost. Set its redrivePolicy.",
    ],
  },
  "refuses a queue that gives up early": {
    change: (draft) =>
      draft
        .setLate(
          "write-buffer-queue",
          "redrivePolicy",
          JSON.stringify({ deadLetterTargetArn: DEAD_LETTER_ARN, maxReceiveCount: 4 }),
        )
        .publish("write-buffer", { documents: redriveAfter(4) }),
    messages: [
      "Queue write-buffer-queue gives a message up after 4 receives. Set maxReceiveCount to at least 5.",
    ],
  },
  "refuses it after the update alone where the component says nothing of it": {
    change: (draft) =>
      draft
        .conceal("write-buffer", "documents")
        .setLate(
          "write-buffer-queue",
          "redrivePolicy",
          JSON.stringify({ deadLetterTargetArn: DEAD_LETTER_ARN, maxReceiveCount: 4 }),
        ),
    messages: [
      "Queue write-buffer-queue gives a message up after 4 receives. Set maxReceiveCount to at least 5.",
    ],
    inPreview: [],
  },
  "believes what is deployed, not what the component says of it": {
    change: (draft) => draft.publish("write-buffer", { documents: redriveAfter(4) }),
    messages: [],
    inPreview: [
      "Queue write-buffer-queue gives a message up after 4 receives. Set maxReceiveCount to at least 5.",
    ],
  },
  "takes a redrive policy that is declared by itself": {
    change: (draft) =>
      draft
        .unset("write-buffer-queue", "redrivePolicy")
        .add("write-buffer-queue", "aws:sqs/redrivePolicy:RedrivePolicy", "separate", {
          redrivePolicy: JSON.stringify({
            deadLetterTargetArn: DEAD_LETTER_ARN,
            maxReceiveCount: 3,
          }),
        })
        .depend("separate", "queueUrl", "write-buffer-queue")
        .setLate("separate", "queueUrl", QUEUE_URL),
    messages: [
      "Queue write-buffer-queue gives a message up after 3 receives. Set maxReceiveCount to at least 5.",
    ],
  },
  "takes the least number of receives from the pack's user": {
    change: () => undefined,
    options: { config: { "queue-has-dead-letter-queue": { minimumReceives: 2_000 } } },
    messages: [
      "Queue write-buffer-queue gives a message up after 1000 receives. Set maxReceiveCount to at least 2000.",
    ],
  },
});

describeRule("dead-letter-queue-outlives-queue", {
  "refuses a dead-letter queue with the default retention": {
    change: (draft) => draft.unset("write-buffer-dead-letter-queue", "messageRetentionSeconds"),
    messages: [
      "Dead-letter queue write-buffer-dead-letter-queue keeps messages 345,600 s and its queue write-buffer-queue 345,600 s, so a message can expire as soon as it arrives. Set its messageRetentionSeconds above 345,600.",
    ],
  },
});

describeRule("queue-visibility-covers-function", {
  "refuses a visibility timeout of 5 s": {
    change: (draft) => draft.set("write-buffer-queue", { visibilityTimeoutSeconds: 5 }),
    messages: [
      "Queue write-buffer-queue hides a message 5 s while function write-buffer-retry-function works on it, so another receives it before the first is done. Set visibilityTimeoutSeconds to at least 60 (6 × 10 s).",
    ],
  },
  "refuses the default visibility timeout and counts the batching window": {
    change: (draft) =>
      draft
        .unset("write-buffer-queue", "visibilityTimeoutSeconds")
        .set("write-buffer-mapping", { maximumBatchingWindowInSeconds: 5 }),
    messages: [
      "Queue write-buffer-queue hides a message 30 s while function write-buffer-retry-function works on it, so another receives it before the first is done. Set visibilityTimeoutSeconds to at least 65 (6 × 10 s + 5 s batching window).",
    ],
  },
  "takes the factor from the pack's user": {
    change: (draft) => draft.set("write-buffer-queue", { visibilityTimeoutSeconds: 20 }),
    options: { config: { "queue-visibility-covers-function": { factor: 2 } } },
    messages: [],
  },
});

describeRule("mapping-reports-partial-failures", {
  "refuses a mapping that fails batches as a whole": {
    change: (draft) => draft.unset("write-buffer-mapping", "functionResponseTypes"),
    messages: [
      'Mapping write-buffer-mapping of queue write-buffer-queue fails a batch as a whole, so one bad message makes good ones run again. Set functionResponseTypes to ["ReportBatchItemFailures"].',
    ],
  },
});

describeRule("mapping-bounds-concurrency", {
  "refuses a mapping without a bound": {
    change: (draft) => draft.unset("write-buffer-mapping", "scalingConfig"),
    messages: [
      "Mapping write-buffer-mapping of queue write-buffer-queue has no maximumConcurrency, so the backlog of an outage can take all the concurrency of the account. Set scalingConfig.maximumConcurrency.",
    ],
  },
  "refuses a bound above the one that the pack's user chose": {
    change: () => undefined,
    options: { config: { "mapping-bounds-concurrency": { most: 5 } } },
    messages: [
      "Mapping write-buffer-mapping of queue write-buffer-queue runs up to 10 functions at once. Set scalingConfig.maximumConcurrency to at most 5.",
    ],
  },
});
