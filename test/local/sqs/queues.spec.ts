import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedSqs, startSqs } from "./start-sqs.ts";

describe("SQS queues", () => {
  let cloud: StartedSqs;
  beforeEach(async () => (cloud = await startSqs()));
  afterEach(() => cloud.close());

  it("have a URL on the host by which the client reached the endpoint", async () => {
    const { name, url } = await cloud.queue();
    expect(url).to.equal(`${cloud.endpoint}/000000000000/${name}`);
    const byName = cloud.endpoint.replace("127.0.0.1", "localhost");
    const client = new SQSClient(clientSettings(byName));
    const found = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    expect(found.QueueUrl).to.equal(`${byName}/000000000000/${name}`);
    client.destroy();
  });

  it("are found by a URL on any host", async () => {
    const { name, url } = await cloud.queue();
    for (const QueueUrl of [
      url,
      `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`,
      `http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/${name}`,
    ]) {
      const { MessageId } = await cloud.client.send(
        new SendMessageCommand({ QueueUrl, MessageBody: "m" }),
      );
      expect(MessageId, QueueUrl).to.be.a("string");
    }
  });

  it("are of one region, also under the same name", async () => {
    const { name, url } = await cloud.queue();
    const elsewhere = new SQSClient({ ...clientSettings(cloud.endpoint), region: "eu-west-1" });
    const missing = await failureOf(
      elsewhere.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "there" })),
    );
    expect(missing.name).to.equal("QueueDoesNotExist");
    await elsewhere.send(new CreateQueueCommand({ QueueName: name }));
    await elsewhere.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "there" }));
    const here = await cloud.client.send(new ReceiveMessageCommand({ QueueUrl: url }));
    expect(here.Messages).to.equal(undefined);
    const { QueueUrls } = await elsewhere.send(new ListQueuesCommand({}));
    expect(QueueUrls).to.deep.equal([url]);
    elsewhere.destroy();
  });

  it("are listed in pages", async () => {
    const urls: string[] = [];
    for (let count = 0; count < 5; count++) urls.push((await cloud.queue()).url);
    const listed: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloud.client.send(new ListQueuesCommand({ MaxResults: 2, NextToken }));
      listed.push(...(page.QueueUrls ?? []));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(listed).to.have.members(urls);
    const failure = await failureOf(cloud.client.send(new ListQueuesCommand({ MaxResults: -1 })));
    expect(failure.message).to.include("MaxResults");
  });

  it("lose an attribute that is set to nothing", async () => {
    const { arn } = await cloud.queue();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 });
    const Policy = JSON.stringify({
      Statement: { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" },
    });
    const { url } = await cloud.queue({ RedrivePolicy, Policy });
    expect(await cloud.attributes(url)).to.include({ RedrivePolicy });
    await cloud.client.send(
      new SetQueueAttributesCommand({
        QueueUrl: url,
        Attributes: { RedrivePolicy: "", Policy: "" },
      }),
    );
    expect(await cloud.attributes(url)).not.to.have.any.keys("RedrivePolicy", "Policy");
  });

  it("are gone once deleted", async () => {
    const { name, url } = await cloud.queue();
    await cloud.client.send(new DeleteQueueCommand({ QueueUrl: url }));
    const failure = await failureOf(cloud.client.send(new GetQueueUrlCommand({ QueueName: name })));
    expect(failure.name).to.equal("QueueDoesNotExist");
  });
});
