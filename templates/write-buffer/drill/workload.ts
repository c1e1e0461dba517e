import { paginateScan } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { App, Workload } from "outage-drill/workload";
import type { Order } from "../functions/order.ts";

const api = (app: App) => app.http(app.output("url"));

/** All that a drill knows of this application. */
const orders: Workload<Order> = {
  next: (id, n) => ({ id, item: `item ${String(n)}` }),
  effects: ({ id, item }) => [{ key: id, put: item }],
  send: (order, app) => api(app).send("POST", "/orders", JSON.stringify(order)),

  async read(id, app) {
    const answer = await api(app).send("GET", `/orders?id=${encodeURIComponent(id)}`);
    if (answer.status !== 200) return answer;
    return { ...answer, found: (JSON.parse(answer.body) as Order).item };
  },

  async truth(app) {
    const found = new Map<string, string | undefined>();
    const pages = paginateScan(
      { client: app.aws.dynamodb },
      { TableName: app.output("tableName"), ConsistentRead: true },
    );
    for await (const { Items: items = [] } of pages)
      for (const { id, item } of items) found.set(id?.S ?? "", item?.S);
    return { orders: found };
  },

  pending: async (app) => ({ queue: await depthOf(app, app.output("queueUrl")) }),
};

async function depthOf(app: App, QueueUrl: string): Promise<number> {
  const { Attributes: counts = {} } = await app.aws.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return (
    Number(counts.ApproximateNumberOfMessages) +
    Number(counts.ApproximateNumberOfMessagesNotVisible) +
    Number(counts.ApproximateNumberOfMessagesDelayed)
  );
}

export default orders;
