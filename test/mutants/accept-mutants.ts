import type { Mutant } from "./mutant.ts";

const add = "functions/add-product.ts";
const save = "functions/shared/save-product.ts";
const publish = "    await writeBuffer.put(product, version);";
const onFailure = "const failure = `DynamoDB did not accept the write (${errorName(error)})`;";
const refused = "return respondUnavailable(`${failure}. Send it again later.`);";

/** Mistakes in what is acknowledged, and when. */
export const acceptMutants: readonly Mutant[] = [
  {
    name: "publish-not-awaited",
    what: "the API acknowledges before it has published",
    edits: [
      {
        file: add,
        before: publish,
        after: "    void writeBuffer.put(product, version).catch(() => undefined);",
      },
    ],
    experiments: ["total-outage"],
    shows: ["lost", "false-acknowledgement"],
  },
  {
    name: "acknowledges-anyway",
    what: "what neither database nor topic took is acknowledged",
    edits: [
      {
        file: add,
        before: "    return respondUnavailable(\n      `${failure}, nor did SNS",
        after: `    return respond(200, "A DynamoDB error occurred. Message sent to queue.");
    return respondUnavailable(\n      \`\${failure}, nor did SNS`,
      },
    ],
    experiments: ["total-outage"],
    shows: ["lost", "false-acknowledgement"],
  },
  {
    name: "queued-called-saved",
    what: "a write that was queued is acknowledged as if it were in the table",
    edits: [
      {
        file: add,
        before: `return respond(200, "A DynamoDB error occurred. Message sent to queue.");`,
        after: `return respond(200, "Product added/updated successfully.");`,
      },
    ],
    experiments: ["outage"],
    shows: ["false-acknowledgement"],
  },
  {
    name: "queues-one-exception",
    what: "only a DynamoDbException is queued",
    edits: [
      {
        file: add,
        before: onFailure,
        after: `${onFailure}\n  if (errorName(error) !== "DynamoDbException") ${refused}`,
      },
    ],
    experiments: ["denied", "throttling"],
    shows: ["expectation"],
  },
  {
    name: "queues-5xx-only",
    what: "only a failure with a 5xx is queued; throttling and denial have 400",
    edits: [
      {
        file: add,
        before: onFailure,
        after: `${onFailure}
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  if (($metadata?.httpStatusCode ?? 0) < 500) ${refused}`,
      },
    ],
    experiments: ["throttling", "denied"],
    shows: ["expectation"],
  },
  {
    name: "queues-answers-only",
    what: "a failure without a status, such as a reset connection, is not queued",
    edits: [
      {
        file: add,
        before: onFailure,
        after: `${onFailure}\n  if (!("$metadata" in (error as object)) || !("$fault" in (error as object))) ${refused}`,
      },
    ],
    experiments: ["connection-reset", "unparsable"],
    shows: ["expectation"],
  },
  {
    name: "no-client-timeout",
    what: "the clients wait for as long as the service takes",
    edits: [
      {
        file: "packages/write-buffer/src/runtime/client-options.ts",
        before:
          "      requestTimeout: budget.requestTimeoutMs,\n      socketTimeout: budget.requestTimeoutMs,\n      throwOnRequestTimeout: true,",
        after: "      requestTimeout: 0,",
      },
      {
        file: "packages/write-buffer/src/runtime/client-options.ts",
        before: "AbortSignal.timeout(budget.deadlineMs)",
        after: "AbortSignal.timeout(budget.deadlineMs * 20)",
      },
    ],
    experiments: ["slow-database"],
    shows: ["expectation"],
  },
  {
    name: "puts-after-giving-up",
    what: "a write that was answered with 503 is put 1.8 s later, over newer ones",
    edits: [
      {
        file: add,
        before: onFailure,
        after: `${onFailure}
  if (Math.random() < 0.3) {
    setTimeout(() => {
      void putLater(product);
    }, 1_800);
    ${refused}
  }`,
      },
      {
        file: add,
        before: "function readBody(",
        after: `async function putLater(product: Product): Promise<void> {
  for (let tries = 0; tries < 40; tries++)
    try {
      await putProduct(product, Date.now() * 1000, { abortSignal: AbortSignal.timeout(900) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
}

function readBody(`,
      },
      {
        file: add,
        before: "import { RefusedItemError }",
        after: "import { putProduct, RefusedItemError }",
      },
    ],
    experiments: ["outage"],
    // A write without an answer may take effect at any time, unless a read has shown it before.
    shows: ["expectation", "stale", "stale-read", "non-monotonic-read"],
  },
  {
    name: "breaker-forgets",
    what: "for two seconds after a failure writes are acknowledged and kept in memory only",
    edits: [
      {
        file: add,
        before: publish,
        after: `    if (Date.now() > openUntil) {\n  ${publish}\n      openUntil = Date.now() + 2_000;\n    }`,
      },
      {
        file: add,
        before: "/** POST: acknowledges",
        after: "let openUntil = 0;\n\n/** POST: acknowledges",
      },
    ],
    experiments: ["outage"],
    shows: ["lost", "stale"],
  },
  {
    name: "conflict-means-superseded",
    what: "a write that meets a newer version is acknowledged, also when a clock was ahead",
    edits: [
      {
        file: save,
        before: "if (result.stored || puts === MAX_PUTS) return { saved: true };",
        after: "if (result.stored || puts > 0) return { saved: true };",
      },
      {
        file: "packages/write-buffer/src/runtime/write-version.ts",
        before: "last = Math.max(now, last + 1, after + 1);",
        after: "last = Math.floor(now / 100_000) * 100_000 + after * 0;",
      },
    ],
    experiments: ["outage"],
    shows: ["stale", "stale-read", "lost"],
  },
  {
    name: "skips-what-it-put-last",
    what: "an environment does not put again what it has itself put last under a key",
    edits: [
      {
        file: save,
        before: "  const options = callOptions(TIME_BUDGET.dynamodb);",
        after: `  const payload = JSON.stringify(product);
  if (lastPut.get(product.id) === payload) return { saved: true };
  const options = callOptions(TIME_BUDGET.dynamodb);`,
      },
      {
        file: save,
        before: "      if (result.stored || puts",
        after:
          "      if (result.stored) lastPut.set(product.id, payload);\n      if (result.stored || puts",
      },
      {
        file: save,
        before: "const MAX_PUTS = 4;",
        after: "const MAX_PUTS = 4;\nconst lastPut = new Map<string, string>();",
      },
    ],
    experiments: ["outage", "partial-outage"],
    shows: ["stale", "stale-read", "false-acknowledgement"],
  },
];
