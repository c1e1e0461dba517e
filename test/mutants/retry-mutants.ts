import type { Mutant } from "./mutant.ts";

const process = "functions/process-product-events.ts";
const handler = "packages/write-buffer/src/runtime/create-retry-handler.ts";
const put = "functions/shared/put-product.ts";
const condition = `ConditionExpression: "attribute_not_exists(version) OR version < :version",`;
const parsed = `    let write: QueuedWrite<Record>;
    try {`;
const stored = "if (!stored) logger.info(";
const queued = ["outage", "queue-outage", "slow-database"];

/** Mistakes on the way out of the queue. */
export const retryMutants: readonly Mutant[] = [
  {
    name: "unconditional-put",
    what: "every put wins, however old it is",
    edits: [{ file: put, before: condition, after: `ConditionExpression: ":version = :version",` }],
    experiments: ["outage", "stale-replay"],
    shows: ["stale"],
  },
  {
    name: "first-write-wins",
    what: "an item that exists is never overwritten",
    edits: [
      {
        file: put,
        before: condition,
        after: `ConditionExpression: "attribute_not_exists(version) OR :version < :version",`,
      },
    ],
    experiments: ["outage"],
    shows: ["stale", "stale-read", "non-monotonic-read", "lost"],
  },
  {
    name: "swallowed-errors",
    what: "a put that fails is logged, and the message is deleted",
    edits: [
      {
        file: handler,
        before: "      throw error;\n    }\n  }\n\n  async function deadLetter",
        after: `      logger.warn("Swallowed");\n    }\n  }\n\n  async function deadLetter`,
      },
    ],
    experiments: ["outage"],
    shows: ["lost"],
  },
  {
    name: "empty-batch-response",
    what: "no failed message is ever named",
    edits: [
      {
        file: handler,
        before: "    return response;",
        after: "    return { batchItemFailures: [] };",
      },
    ],
    experiments: ["outage"],
    shows: ["lost"],
  },
  {
    name: "put-not-awaited",
    what: "the retry function does not wait for its put",
    edits: [
      {
        file: process,
        before: "const { stored } = await putProduct(",
        after: "const putting = putProduct(",
      },
      {
        file: process,
        before: stored,
        after: "putting.catch(() => undefined);\n    if (!putting) logger.info(",
      },
    ],
    experiments: ["outage"],
    shows: ["lost"],
  },
  {
    name: "drops-one-in-a-hundred",
    what: "one queued write in a hundred is dropped",
    edits: [
      { file: handler, before: parsed, after: `    if (Math.random() < 0.01) return;\n${parsed}` },
    ],
    experiments: queued,
    shows: ["lost", "stale"],
  },
  {
    name: "drops-repeats",
    what: "a payload that was seen before is taken for a duplicate",
    edits: [
      {
        file: process,
        before: "export const handler =",
        after: "const seen = new Set<string>();\nexport const handler =",
      },
      {
        file: process,
        before: "    const { stored }",
        after: `    const payload = JSON.stringify(product);
    if (seen.has(payload)) return;
    const { stored }`,
      },
      { file: process, before: stored, after: `seen.add(payload);\n    ${stored}` },
    ],
    experiments: ["outage"],
    shows: ["stale", "lost"],
  },
  {
    name: "first-of-a-batch",
    what: "of several messages of one key in a batch, the first is put and the others are dropped",
    edits: [
      {
        file: handler,
        before: "    const response = await processPartialResponse(event,",
        after: `  const keys = new Set<string>();
  event.Records = event.Records.filter(({ body }) => {
    const id = /"id":"(.*?)"/.exec(body)?.[1] ?? body;
    return !keys.has(id) && keys.add(id);
  });
  const response = await processPartialResponse(event,`,
      },
    ],
    experiments: ["outage", "stale-replay"],
    shows: ["stale", "lost"],
  },
  {
    name: "first-record-for-all",
    what: "every record of a batch is taken for the first one",
    edits: [
      {
        file: handler,
        before: "processPartialResponse(event, processRecord,",
        after: "processPartialResponse(event, () => processRecord(event.Records[0] as SQSRecord),",
      },
    ],
    experiments: ["outage"],
    shows: ["lost", "stale"],
  },
  {
    name: "version-of-the-retry",
    what: "a queued write gets its version when it is put, not when it was accepted",
    edits: [
      {
        file: process,
        before: "putProduct(product, version,",
        after: "putProduct(product, Date.now() * 1000 + version * 0,",
      },
    ],
    experiments: ["outage", "stale-replay"],
    shows: ["stale"],
  },
  {
    name: "versions-of-whole-seconds",
    what: "two queued writes of one second have the same version",
    edits: [
      {
        file: process,
        before: "putProduct(product, version,",
        after: "putProduct(product, Math.floor(version / 1e6) * 1e6,",
      },
    ],
    experiments: ["outage"],
    shows: ["stale", "lost"],
  },
  {
    name: "dead-letters-at-once",
    what: "whatever fails goes to the dead-letter queue",
    edits: [
      {
        file: handler,
        before:
          "      if (error instanceof RefusedWriteError)\n        return deadLetter(message, error.reason,",
        after: `      if (error instanceof Error)\n        return deadLetter(message, "refused-item",`,
      },
    ],
    experiments: ["outage"],
    shows: ["dead-lettered"],
  },
  {
    name: "late-overwrite",
    what: "each queued write is put once more, without a condition, four seconds later",
    edits: [
      {
        file: process,
        before: stored,
        after: `setTimeout(() => {
      void putProduct(product, 9e15, callOptions(TIME_BUDGET.dynamodb)).catch(() => undefined);
    }, 4_000);
    ${stored}`,
      },
    ],
    experiments: ["outage"],
    shows: ["stale", "late-overwrite"],
  },
  {
    name: "poison-is-retried",
    what: "a message that can never be processed goes back to the queue",
    edits: [
      {
        file: handler,
        before:
          "if (!(error instanceof InvalidMessageError)) throw error;\n      return deadLetter(",
        after: "if (error instanceof Error) throw error;\n      return deadLetter(",
      },
    ],
    experiments: ["poison-message"],
    shows: ["expectation"],
  },
];
