import { randomUUID } from "node:crypto";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";

export async function startSqs() {
  const cloud = await startCloud();
  const client = new SQSClient(clientSettings(cloud.endpoint));
  return {
    endpoint: cloud.endpoint,
    client,
    async queue(
      Attributes: Record<string, string> = {},
    ): Promise<{ name: string; url: string; arn: string }> {
      const name = `queue-${randomUUID()}`;
      const { QueueUrl: url = "" } = await client.send(
        new CreateQueueCommand({ QueueName: name, Attributes }),
      );
      return { name, url, arn: `arn:aws:sqs:us-east-1:000000000000:${name}` };
    },
    async attributes(QueueUrl: string): Promise<Record<string, string>> {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      return Attributes;
    },
    async close(): Promise<void> {
      client.destroy();
      await cloud.close();
    },
  };
}

export type StartedSqs = Awaited<ReturnType<typeof startSqs>>;
