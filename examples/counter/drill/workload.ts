import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import type { App, Workload } from "outage-drill/workload";

interface Increment {
  readonly id: string;
  readonly number: number;
}

const path = (id: string) => `/counters/${encodeURIComponent(id)}`;
const api = (app: App) => app.http(app.output("url"));

const workload: Workload<Increment> = {
  next: (id, number) => ({ id, number }),
  effects: ({ id }) => [{ key: id, add: 1 }],
  send: ({ id }, app) => api(app).send("POST", path(id)),

  async read(id, app) {
    const answer = await api(app).send("GET", path(id));
    if (answer.status !== 200) return answer;
    return { ...answer, found: (JSON.parse(answer.body) as { count: number }).count };
  },

  async truth(app) {
    const TableName = String(app.resource("aws:dynamodb/table:Table", "counters")["name"]);
    const counts = new Map<string, number>();
    let start: ScanCommandOutput["LastEvaluatedKey"];
    do {
      const page: ScanCommandOutput = await app.aws.dynamodb.send(
        new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: start }),
      );
      for (const { id, count } of page.Items ?? [])
        counts.set(id?.S ?? "", Number(count?.N ?? "0"));
      start = page.LastEvaluatedKey;
    } while (start);
    return { counters: counts };
  },
};

export default workload;
