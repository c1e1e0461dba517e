import { deadLetters } from "./probes/dead-letters.ts";
import { getItems } from "./probes/get-items.ts";
import { queueDepth } from "./probes/queue-depth.ts";
import { scanTable } from "./probes/scan-table.ts";
import { makeProduct } from "./product/make-product.ts";
import { oddKey } from "./product/odd-values.ts";
import { findProduct, productValue } from "./product/product.ts";
import type { Product } from "./product/product.ts";
import { tableValues } from "./product/table-values.ts";
import { outputOf } from "./product/output-of.ts";
import { classifyAnswer } from "./harness/classify-answer.ts";
import { Random } from "./harness/random.ts";
import type { App, Workload } from "./workload-contract.ts";

const queuedMessage = "A DynamoDB error occurred. Message sent to queue.";
const readLettersWithinMs = 20_000;

/** The product API: all that the drill knows of this application. */
const workload: Workload<Product> = {
  next(key, n) {
    const id = oddKey(key, new Random(`key/${key}`));
    const label = `${id.slice(0, 60)} no. ${String(n)}`;
    return makeProduct({ id, label }, new Random(`write/${key}/${String(n)}`));
  },

  effects: (product) => [{ key: product.id, put: productValue(product) }],

  send: (product, app) => api(app).send("POST", "", JSON.stringify(product)),

  async read(id, app) {
    const answer = await api(app).send("GET", `?id=${encodeURIComponent(id)}`);
    const product = answer.status === 200 ? findProduct(answer.body) : undefined;
    return { ...answer, ...(product && { found: productValue(product) }) };
  },

  result: (answer) =>
    answer.status === 200 && answer.body.includes(queuedMessage)
      ? "queued"
      : classifyAnswer(answer),

  async truth(app) {
    const items = await scanTable(app.aws.dynamodb, app.output("productsTableName"), app.signal);
    return { table: tableValues(items) };
  },

  async truthOf(ids, app) {
    const { dynamodb } = app.aws;
    const { signal } = app;
    const items = await getItems(dynamodb, app.output("productsTableName"), { ids, signal });
    return { table: tableValues(items) };
  },

  /** Without the write buffer there is no queue. */
  async pending(app) {
    const queueUrl = outputOf(app, "productEventsQueueUrl");
    return queueUrl ? { ...(await queueDepth(app.aws.sqs, queueUrl, app.signal)) } : {};
  },

  async givenUp(app) {
    const queueUrl = outputOf(app, "productEventsDeadLetterQueueUrl");
    if (!queueUrl) return [];
    const letters = await deadLetters(app.aws.sqs, queueUrl, {
      deadlineMs: readLettersWithinMs,
      signal: app.signal,
    });
    return letters.map(({ body }) => {
      const product = findProduct(body);
      return product
        ? { key: product.id, put: productValue(product) }
        : { key: "a message without a product", put: body };
    });
  },

  refused: (key) => ({ id: key, price: "no price" }),
};

function api(app: App) {
  return app.http(app.output("productApiUrl"));
}

export default workload;
