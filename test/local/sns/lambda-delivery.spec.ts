import {
  CreateExperimentTemplateCommand,
  FisClient,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  type PublishCommandInput,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import type { SNSEvent } from "aws-lambda";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { zipOf } from "../lambda/start-lambda.ts";
import { arnOfQueue, type StartedSns, startSns } from "./start-sns.ts";

const code = `export const handler = async (event) => console.log("EVENT " + JSON.stringify(event));`;
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** A role whose functions may write their logs; answers its ARN. */
async function createLoggingRole(endpoint: string): Promise<string> {
  const iam = new IAMClient(clientSettings(endpoint));
  const document = (statement: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: "logging",
      AssumeRolePolicyDocument: document({
        ...{ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      ...{ RoleName: "logging", PolicyName: "logs" },
      PolicyDocument: document({ Action: "logs:*", Resource: "*" }),
    }),
  );
  iam.destroy();
  return Role?.Arn ?? "";
}

describe("SNS delivery to functions", () => {
  let cloud: StartedSns;
  let lambda: LambdaClient;
  let role = "";
  let created = 0;
  beforeEach(async () => {
    cloud = await startSns();
    role = await createLoggingRole(cloud.endpoint);
    lambda = new LambdaClient(clientSettings(cloud.endpoint));
  });
  afterEach(async () => {
    lambda.destroy();
    await cloud.close();
  });

  async function createFunction(topicArn?: string): Promise<string> {
    const FunctionName = `subscriber-${String(++created)}`;
    await lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName, Runtime: "nodejs24.x", Role: role, Handler: "index.handler" },
        Code: { ZipFile: zipOf(code) },
      }),
    );
    if (topicArn !== undefined) await allow(FunctionName, topicArn);
    return FunctionName;
  }
  const allow = (FunctionName: string, SourceArn: string) =>
    lambda.send(
      new AddPermissionCommand({
        ...{ FunctionName, StatementId: "sns", Action: "lambda:InvokeFunction" },
        ...{ Principal: "sns.amazonaws.com", SourceArn },
      }),
    );
  async function subscribe(
    TopicArn: string,
    name: string,
    Attributes: Record<string, string> = {},
  ): Promise<string> {
    const { SubscriptionArn = "" } = await cloud.sns.send(
      new SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint: arnOf(name), Attributes }),
    );
    return SubscriptionArn;
  }
  const publish = (TopicArn: string, input: Partial<PublishCommandInput>) =>
    cloud.sns.send(new PublishCommand({ TopicArn, Message: "m", ...input }));

  /** The event that a function has logged whose message this is. */
  const received = (message: string): Promise<SNSEvent> =>
    untilMet(`The event of ${message}`, async () => {
      const events = await loggedEvents();
      return events.find(({ Records }) => Records[0]?.Sns.Message === message);
    });
  async function loggedEvents(): Promise<SNSEvent[]> {
    const answer = await fetch(cloud.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "Logs_20140328.FilterLogEvents",
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: JSON.stringify({ logGroupName: `/aws/lambda/subscriber-${String(created)}` }),
    });
    const { events = [] } = (await answer.json()) as { events?: { message: string }[] };
    return events.flatMap(({ message }) => {
      const at = message.indexOf("EVENT ");
      return at < 0 ? [] : [JSON.parse(message.slice(at + 6)) as SNSEvent];
    });
  }

  it("hands a function the event that AWS hands it", async () => {
    const topic = await cloud.topic();
    const name = await createFunction(topic);
    const subscription = await subscribe(topic, name);
    const { MessageId } = await publish(topic, {
      Message: "täglich",
      MessageAttributes: { kind: { DataType: "String", StringValue: "news" } },
    });
    const [record] = (await received("täglich")).Records;
    expect(record).to.deep.include({
      ...{ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: subscription },
    });
    expect(record?.Sns).to.deep.include({
      ...{ Type: "Notification", MessageId, TopicArn: topic, Subject: null, Message: "täglich" },
      MessageAttributes: { kind: { Type: "String", Value: "news" } },
    });
    expect(record?.Sns).to.have.property("SigningCertUrl");
    expect(record?.Sns).to.have.property("UnsubscribeUrl");
  });

  it("shows the protocol and the function, beside queues", async () => {
    const topic = await cloud.topic();
    const { name: queue } = await cloud.queue(topic);
    await cloud.subscribe(topic, queue);
    const subscription = await subscribe(topic, "not-yet-there");
    const { Attributes } = await cloud.sns.send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn: subscription }),
    );
    expect(Attributes).to.include({ Protocol: "lambda", Endpoint: arnOf("not-yet-there") });
    for (const command of [
      new ListSubscriptionsByTopicCommand({ TopicArn: topic }),
      new ListSubscriptionsCommand({}),
    ]) {
      const { Subscriptions = [] } = (await cloud.sns.send(command as never)) as {
        Subscriptions?: { Protocol: string; Endpoint: string }[];
      };
      expect(
        Subscriptions.map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`),
      ).to.have.members([`sqs ${arnOfQueue(queue)}`, `lambda ${arnOf("not-yet-there")}`]);
    }
  });

  it("delivers what passes the filter alone", async () => {
    const topic = await cloud.topic();
    const name = await createFunction(topic);
    await subscribe(topic, name, { FilterPolicy: JSON.stringify({ kind: ["wanted"] }) });
    const ofKind = (kind: string) => ({
      Message: kind,
      MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
    });
    await publish(topic, ofKind("other"));
    await publish(topic, ofKind("wanted"));
    await received("wanted");
    expect((await loggedEvents()).length).to.equal(1);
  });

  for (const fault of [{ service: "lambda" }, { service: "lambda", operation: "Invoke" }])
    it(`tries again while Lambda fails (${JSON.stringify(fault)}), and loses nothing`, async () => {
      const topic = await cloud.topic();
      const name = await createFunction(topic);
      await subscribe(topic, name);
      await cloud.setFaults([fault]);
      await publish(topic, { Message: "kept" });
      const failed = await cloud.logged("sns-delivery-failed");
      expect(failed).to.include({ topic, function: arnOf(name) });
      await cloud.setFaults([]);
      await received("kept");
    });

  it("hands an event over again whose acceptance got lost", async () => {
    const topic = await cloud.topic();
    await subscribe(topic, await createFunction(topic));
    const fis = new FisClient(clientSettings(cloud.endpoint));
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({
        ...{ clientToken: "lost", description: "lost", tags: {} },
        ...{ stopConditions: [{ source: "none" }], targets: {} },
        roleArn: "arn:aws:iam::000000000000:role/fis",
        actions: {
          lost: {
            actionId: "outage-drill:api:lost-response",
            parameters: { service: "lambda", percentage: "100" },
          },
        },
      }),
    );
    const { experiment } = await fis.send(
      new StartExperimentCommand({
        ...{ clientToken: "run", experimentTemplateId: experimentTemplate?.id },
      }),
    );
    await publish(topic, { Message: "twice" });
    await cloud.logged("sns-delivery-failed");
    await fis.send(new StopExperimentCommand({ id: experiment?.id }));
    fis.destroy();
    await untilMet("The event, twice", async () => (await loggedEvents()).length > 1 || undefined);
  });

  it("hands nothing to a function whose policy does not let the topic in", async () => {
    const topic = await cloud.topic();
    const name = await createFunction(`${topic}-of-another`);
    await subscribe(topic, name);
    await publish(topic, { Message: "not let in" });
    const dropped = await cloud.logged("sns-message-dropped");
    expect(dropped).to.include({ topic, function: arnOf(name) });
    expect(dropped["error"]).to.include("sns.amazonaws.com is not authorized");
  });

  it("moves what cannot be delivered to the subscription's dead-letter queue", async () => {
    const topic = await cloud.topic();
    const name = await createFunction(topic);
    const deadLetters = await cloud.queue(topic);
    await subscribe(topic, name, {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOfQueue(deadLetters.name) }),
    });
    await lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
    await publish(topic, { Message: "undeliverable" });
    const { Body = "{}", MessageAttributes } = await cloud.next(deadLetters.url);
    expect(JSON.parse(Body)).to.include({ Type: "Notification", Message: "undeliverable" });
    expect(MessageAttributes?.["ErrorCode"]?.StringValue).to.equal("404");
  });

  it("takes the body for functions of a message that has one for each protocol", async () => {
    const topic = await cloud.topic();
    await subscribe(topic, await createFunction(topic));
    const { name, url } = await cloud.queue(topic);
    await cloud.subscribe(topic, name);
    const bodies = { default: "for any", lambda: "for functions", sqs: "for queues" };
    await publish(topic, { MessageStructure: "json", Message: JSON.stringify(bodies) });
    await received("for functions");
    expect((await cloud.next(url)).Body).to.equal("for queues");
  });

  it("refuses what functions cannot have", async () => {
    const topic = await cloud.topic();
    const fifo = await cloud.topic(".fifo");
    const refused: [() => Promise<unknown>, string][] = [
      [() => subscribe(topic, "f", { RawMessageDelivery: "true" }), "RawMessageDelivery"],
      [() => subscribe(topic, "f/g"), "Lambda endpoint ARN"],
      [() => subscribe(fifo, "f"), "Only SQS queues"],
    ];
    for (const [call, words] of refused)
      expect((await failureOf(call())).message).to.include(words);
  });
});
