import type { Mutant } from "./mutant.ts";

const add = "functions/add-product.ts";
const buffer = "packages/write-buffer/src/write-buffer.ts";
const all = ["outage", "slow-database", "queue-outage", "stale-replay"];

/** Unusual applications that keep every promise: no drill may blame them. */
export const rightMutants: readonly Mutant[] = [
  {
    name: "enveloped",
    what: "messages come in SNS's envelope",
    edits: [
      { file: buffer, before: "rawMessageDelivery: true,", after: "rawMessageDelivery: false," },
    ],
    experiments: all,
  },
  {
    name: "accepted-202",
    what: "a queued write is answered with 202",
    edits: [
      {
        file: add,
        before: `return respond(200, "A DynamoDB error`,
        after: `return respond(202, "A DynamoDB error`,
      },
    ],
    experiments: all,
  },
  {
    name: "one-message-a-batch",
    what: "each message is a batch",
    edits: [{ file: buffer, before: "batchSize: settings.batchSize,", after: "batchSize: 1," }],
    experiments: all,
  },
  {
    name: "queues-and-puts",
    what: "a write that the database has taken is published as well, so that all of them arrive twice",
    edits: [
      {
        file: add,
        before: `  if (result.saved) return respond(200, "Product added/updated successfully.");
  const { version, error } = result;`,
        after: `  if (result.saved) {
    await writeBuffer?.put(product, result.version).catch(() => undefined);
    return respond(200, "Product added/updated successfully.");
  }
  const { version, error } = result;`,
      },
      {
        file: "functions/shared/save-product.ts",
        before: "  | { saved: true }",
        after: "  | { saved: true; version: number }",
      },
      {
        file: "functions/shared/save-product.ts",
        before: "return { saved: true };",
        after: "return { saved: true, version };",
      },
    ],
    experiments: all,
  },
  {
    name: "absent-when-empty",
    what: "empty attributes are left out of the item",
    edits: [
      {
        file: "functions/shared/put-product.ts",
        before: "          name: { S: name },\n          description: { S: description },",
        after:
          "          ...(name && { name: { S: name } }),\n          ...(description && { description: { S: description } }),",
      },
    ],
    experiments: all,
  },
  {
    name: "one-attempt",
    what: "nothing is tried twice before it is queued",
    edits: [
      {
        file: "functions/shared/time-budget.ts",
        before: "dynamodb: { maxAttempts: 2,",
        after: "dynamodb: { maxAttempts: 1,",
      },
    ],
    experiments: all,
  },
  {
    name: "slow-retries",
    what: "a message that failed comes back after four seconds, not one",
    edits: [
      {
        file: "functions/shared/time-budget.ts",
        before: "retryDelay: { firstSeconds: 1,",
        after: "retryDelay: { firstSeconds: 4,",
      },
    ],
    experiments: ["outage", "queue-outage"],
  },
];
