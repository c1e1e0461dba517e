import { randomUUID } from "node:crypto";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";

export async function startDynamodb() {
  const cloud = await startCloud();
  const client = new DynamoDBClient(clientSettings(cloud.endpoint));
  return {
    endpoint: cloud.endpoint,
    client,
    /** Creates a table with key `id` and answers its name and ARN. */
    async table(
      input: Partial<CreateTableCommandInput> = {},
    ): Promise<{ TableName: string; arn: string }> {
      const TableName = `table-${randomUUID()}`;
      const { TableDescription } = await client.send(
        new CreateTableCommand({
          TableName,
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          BillingMode: "PAY_PER_REQUEST",
          ...input,
        }),
      );
      return { TableName, arn: TableDescription?.TableArn ?? "" };
    },
    async close(): Promise<void> {
      client.destroy();
      await cloud.close();
    },
  };
}

export type StartedDynamodb = Awaited<ReturnType<typeof startDynamodb>>;
