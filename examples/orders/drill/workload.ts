import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { AttributeValue, ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { App, Effect, Workload } from "outage-drill/workload";

interface Order {
  readonly id: string;
  readonly customer: string;
  readonly lines: readonly { readonly article: string; readonly pieces: number }[];
}

const customers = 5;

const workload: Workload<Order> = {
  /** Versions 2, 5, 8 … have a second line. */
  next: (id, n) => ({
    id,
    customer: customerOf(id),
    lines: [
      { article: "bolt", pieces: 100 * n },
      ...(n % 3 === 2 ? [{ article: "nut", pieces: n }] : []),
    ],
  }),

  effects({ id, lines: [first, second] }) {
    const pieces = String((first?.pieces ?? 0) + (second?.pieces ?? 0));
    return [
      { key: id, put: pieces, in: "orders" },
      { key: id, put: String(first?.pieces), in: "first line" },
      second
        ? { key: id, put: String(second.pieces), in: "second line" }
        : ({ key: id, remove: true, in: "second line" } satisfies Effect),
      { key: id, put: pieces, in: "customers" },
      { key: id, put: pieces, in: "shipments" },
    ];
  },

  send: (order, app) => api(app).send("POST", "/orders", JSON.stringify(order)),

  async read(id, app) {
    const answer = await api(app).send("GET", `/orders/${encodeURIComponent(id)}`);
    if (answer.status !== 200) return answer;
    return { ...answer, found: (JSON.parse(answer.body) as { pieces: string }).pieces };
  },

  async truth(app) {
    const [orders, lines, byCustomer, shipments] = await Promise.all(
      ["orders", "lines", "customers", "shipments"].map((table) => scan(app, table)),
    );
    return {
      orders: piecesBy("id", orders),
      "first line": piecesBy(
        "order",
        lines?.filter(({ line }) => line?.N === "1"),
      ),
      "second line": piecesBy(
        "order",
        lines?.filter(({ line }) => line?.N === "2"),
      ),
      customers: piecesBy("order", byCustomer),
      shipments: piecesBy("order", shipments),
    };
  },

  async pending(app) {
    const { url } = app.resource("aws:sqs/queue:Queue", "fulfilment");
    const { Attributes = {} } = await app.aws.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: String(url),
        AttributeNames: [
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed",
        ],
      }),
      { abortSignal: app.signal },
    );
    const counts = Object.values(Attributes).map(Number);
    return { fulfilment: counts.reduce((sum, count) => sum + count, 0) };
  },

  refused: (id) => ({ id, customer: customerOf(id), lines: [] }),
};

function api(app: App) {
  return app.http(app.output("url"));
}

/** Several orders belong to each customer, and so to each group of the queue. */
function customerOf(id: string): string {
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return `customer-${String(sum % customers)}`;
}

type Item = Record<string, AttributeValue>;

async function scan(app: App, table: string): Promise<Item[]> {
  const TableName = String(app.resource("aws:dynamodb/table:Table", table)["name"]);
  const items: Item[] = [];
  let start: ScanCommandOutput["LastEvaluatedKey"];
  do {
    const page: ScanCommandOutput = await app.aws.dynamodb.send(
      new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: start }),
      { abortSignal: app.signal },
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

function piecesBy(key: string, items: readonly Item[] = []): Map<string, string> {
  return new Map(items.map((item) => [item[key]?.S ?? "", item["pieces"]?.N ?? ""]));
}

export default workload;
