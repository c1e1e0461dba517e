import { createHash } from "node:crypto";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { App, Workload } from "outage-drill/workload";

interface Document {
  readonly name: string;
  readonly text: string;
}

const path = (name: string) => `/files/${encodeURIComponent(name)}`;
const api = (app: App) => app.http(app.output("url"));
const digest = (text: string) => createHash("md5").update(text).digest("hex");

const workload: Workload<Document> = {
  next: (name, number) => ({ name, text: `version ${String(number)} of ${name}` }),
  // In the bucket and in the index alike: the ETag of an object is the MD5 of its bytes.
  effects: ({ name, text }) => [{ key: name, put: digest(text) }],
  send: ({ name, text }, app) => api(app).send("PUT", path(name), text),

  async truth(app) {
    const documents = new Map<string, string>();
    const Bucket = String(app.resource("aws:s3/bucket:Bucket", "documents")["id"]);
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await app.aws.s3.send(
        new ListObjectsV2Command({ Bucket, ContinuationToken: token }),
      );
      for (const { Key = "", ETag = "" } of page.Contents ?? [])
        documents.set(Key, ETag.replaceAll('"', ""));
      token = page.NextContinuationToken;
    } while (token !== undefined);

    const index = new Map<string, string>();
    const TableName = String(app.resource("aws:dynamodb/table:Table", "index")["name"]);
    let start: ScanCommandOutput["LastEvaluatedKey"];
    do {
      const page: ScanCommandOutput = await app.aws.dynamodb.send(
        new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey: start }),
      );
      for (const { name, etag } of page.Items ?? []) index.set(name?.S ?? "", etag?.S ?? "");
      start = page.LastEvaluatedKey;
    } while (start);
    return { documents, index };
  },

  async pending(app) {
    const QueueUrl = String(app.resource("aws:sqs/queue:Queue", "stored")["url"]);
    const { Attributes = {} } = await app.aws.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: [
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed",
        ],
      }),
    );
    return { stored: Object.values(Attributes).reduce((sum, each) => sum + Number(each), 0) };
  },
};

export default workload;
