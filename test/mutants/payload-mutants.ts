import type { Edit, Mutant } from "./mutant.ts";

const put = "functions/shared/put-product.ts";
const product = "functions/shared/product.ts";
const get = "functions/get-product.ts";
const found = `respond(200, JSON.stringify(product), {`;
const id = "const id = event.queryStringParameters?.id;";

const changed = (before: string, after: string): readonly Edit[] => [{ file: put, before, after }];
const optional = (to: string): readonly Edit[] => [
  {
    file: product,
    before: `z.transform((text) => text ?? ""),`,
    after: `z.transform((text) => ${to}),`,
  },
];

/** What may become of a payload on its way, and mistakes in what is read. */
export const payloadMutants: readonly Mutant[] = [
  {
    name: "price-through-a-float",
    what: "a price loses the digits that a double cannot hold",
    edits: changed("price: { N: price },", "price: { N: String(Number(price)) },"),
    experiments: ["outage"],
    shows: ["phantom"],
  },
  {
    name: "price-in-cents",
    what: "a price is rounded to two decimals",
    edits: changed("price: { N: price },", "price: { N: Number(price).toFixed(2) },"),
    experiments: ["outage"],
    shows: ["phantom", "expectation"],
  },
  {
    name: "price-as-text",
    what: "a price is stored as a string",
    edits: changed("price: { N: price },", "price: { S: price },"),
    experiments: ["outage"],
    shows: ["phantom", "expectation"],
  },
  {
    name: "trimmed-texts",
    what: "spaces around a text are cut off",
    edits: optional(`(text ?? "").trim()`),
    experiments: ["outage"],
    shows: ["phantom"],
  },
  {
    name: "composed-texts",
    what: "a text is normalised to composed characters",
    edits: optional(`(text ?? "").normalize("NFC")`),
    experiments: ["outage"],
    shows: ["phantom"],
  },
  {
    name: "basic-plane-only",
    what: "characters above U+FFFF are replaced",
    edits: optional(`(text ?? "").replace(/[\\u{10000}-\\u{10ffff}]/gu, "?")`),
    experiments: ["outage"],
    shows: ["phantom"],
  },
  {
    name: "short-texts",
    what: "a text is cut at 10,000 characters",
    edits: optional(`(text ?? "").slice(0, 10_000)`),
    experiments: ["outage", "slow-database", "queue-outage", "total-outage"],
    shows: ["phantom"],
  },
  {
    name: "falsy-is-absent",
    what: "a text that reads as nothing is left out",
    edits: optional(`["null", "undefined", "0"].includes(text ?? "") ? "" : (text ?? "")`),
    experiments: ["outage"],
    shows: ["phantom"],
  },
  {
    name: "updates-what-is-not-empty",
    what: "an update leaves attributes that are now empty as they were",
    edits: [
      {
        file: put,
        before: "import { ConditionalCheckFailedException, PutItemCommand }",
        after: "import { ConditionalCheckFailedException, UpdateItemCommand }",
      },
      { file: put, before: "new PutItemCommand({", after: "new UpdateItemCommand({" },
      {
        file: put,
        before: `        Item: {
          id: { S: id },
          name: { S: name },
          description: { S: description },
          price: { N: price },
          version: { N: String(version) },
        },`,
        after: `        Key: { id: { S: id } },
        UpdateExpression:
          "SET price = :price, version = :version" +
          (name ? ", #name = :name" : "") +
          (description ? ", description = :description" : ""),
        ...(name && { ExpressionAttributeNames: { "#name": "name" } }),`,
      },
      {
        file: put,
        before: `ExpressionAttributeValues: { ":version": { N: String(version) } },`,
        after: `ExpressionAttributeValues: {
          ":version": { N: String(version) },
          ":price": { N: price },
          ...(name && { ":name": { S: name } }),
          ...(description && { ":description": { S: description } }),
        },`,
      },
      {
        file: "infra/product-buffer.ts",
        before: `actions: ["dynamodb:PutItem"],`,
        after: `actions: ["dynamodb:UpdateItem"],`,
      },
      {
        file: "infra/product-api.ts",
        before: `actions: ["dynamodb:PutItem"],`,
        after: `actions: ["dynamodb:UpdateItem"],`,
      },
    ],
    experiments: ["outage"],
    shows: ["phantom"],
  },
  {
    name: "reads-nothing",
    what: "every GET answers 200 and an empty object",
    edits: [{ file: get, before: found, after: `respond(200, "{}", {` }],
    experiments: ["outage"],
    shows: ["stale-read", "vanished-item"],
  },
  {
    name: "reads-a-cache",
    what: "an environment answers what it has read before",
    edits: [
      {
        file: get,
        before: "    const product = await findProduct(id);",
        after:
          "    const product = cache.get(id) ?? (await findProduct(id));\n    if (product) cache.set(id, product);",
      },
      {
        file: get,
        before: "/** GET ?id=:",
        after:
          "const cache = new Map<string, Awaited<ReturnType<typeof findProduct>>>();\n\n/** GET ?id=:",
      },
    ],
    experiments: ["outage", "write-outage"],
    shows: ["stale-read", "non-monotonic-read"],
  },
  {
    name: "reads-eventually",
    what: "one read in ten finds nothing",
    edits: [
      {
        file: get,
        before: "    if (!product) return",
        after: "    if (!product || Math.random() < 0.1) return",
      },
    ],
    experiments: ["outage", "write-outage"],
    shows: ["stale-read", "vanished-item"],
  },
  {
    name: "plus-is-a-space",
    what: "a key is decoded twice when it is read",
    edits: [
      {
        file: get,
        before: id,
        after: `const id = event.queryStringParameters?.id?.replaceAll("+", " ");`,
      },
    ],
    experiments: ["outage"],
    shows: ["stale-read", "vanished-item"],
  },
  {
    name: "key-in-lower-case",
    what: "keys that differ in case are one",
    edits: [
      {
        file: put,
        before: "          id: { S: id },",
        after: "          id: { S: id.toLowerCase() },",
      },
    ],
    experiments: ["outage"],
    shows: ["lost", "stale-read", "phantom", "vanished-item"],
  },
  {
    name: "key-without-accents",
    what: "keys are normalised when they are stored",
    edits: [
      {
        file: put,
        before: "          id: { S: id },",
        after: `          id: { S: id.normalize("NFC") },`,
      },
    ],
    experiments: ["outage", "queue-outage", "total-outage", "slow-database"],
    shows: ["lost", "stale-read", "phantom", "vanished-item"],
  },
];
