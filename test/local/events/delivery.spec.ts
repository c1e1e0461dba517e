import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { SetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { zipOf } from "../lambda/start-lambda.ts";
import { arnOf, policyFor, type StartedEvents, startEvents } from "./start-events.ts";

const document = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });

describe("EventBridge delivery", () => {
  let cloud: StartedEvents;
  before(async () => (cloud = await startEvents()));
  after(() => cloud.close());
  afterEach(() => cloud.setFaults([]));

  /** A role of a service with one permission; answers its ARN. */
  async function createRole(name: string, Service: string, Action: string): Promise<string> {
    const iam = new IAM(clientSettings(cloud.endpoint));
    await iam.createRole({
      RoleName: name,
      AssumeRolePolicyDocument: document({ Action: "sts:AssumeRole", Principal: { Service } }),
    });
    await iam.putRolePolicy({
      ...{ RoleName: name, PolicyName: "it" },
      PolicyDocument: document({ Action, Resource: "*" }),
    });
    iam.destroy();
    return arnOf("iam", `role/${name}`).replace("us-east-1", "");
  }

  it("brings the whole event to a queue", async () => {
    const { url, arn } = await cloud.openQueue();
    const rule = await cloud.rule({ Arn: arn });
    const Time = new Date("2026-02-03T04:05:06Z");
    const { Entries = [] } = await cloud.put(rule, { id: 7 }, { Time, Resources: ["one"] });
    expect(JSON.parse(await cloud.nextBody(url))).to.deep.equal({
      ...{ version: "0", id: Entries[0]?.EventId, "detail-type": "happened", source: rule },
      ...{ account: "000000000000", time: "2026-02-03T04:05:06Z", region: "us-east-1" },
      ...{ resources: ["one"], detail: { id: 7 } },
    });
  });

  it("gives a target a constant, a part of the event or a template filled in", async () => {
    const inputs: [target: object, body: string][] = [
      [{ Input: '{"constant":1}' }, '{"constant":1}'],
      [{ InputPath: "$.detail.items[1].name" }, '"b"'],
      [
        {
          InputTransformer: {
            InputPathsMap: { id: "$.detail.id", items: "$.detail.items", none: "$.detail.none" },
            InputTemplate:
              '{"id": <id>, "text": "<id> of <items>", "none": <none>, "rule": "<aws.events.rule-name>"}',
          },
        },
        '{"id": "a\\"b", "text": "a\\"b of [{\\"name\\":\\"a\\"},{\\"name\\":\\"b\\"}]", "none": null, "rule": "RULE"}',
      ],
    ];
    for (const [target, body] of inputs) {
      const { url, arn } = await cloud.openQueue();
      const rule = await cloud.rule({ Arn: arn, ...target });
      await cloud.put(rule, { id: 'a"b', items: [{ name: "a" }, { name: "b" }] });
      expect(await cloud.nextBody(url)).to.equal(body.replace("RULE", rule));
    }
  });

  it("brings the events of a group to a FIFO queue in order", async () => {
    const { name, url } = await cloud.queue(undefined, ".fifo");
    const arn = arnOf("sqs", name);
    const { SetQueueAttributesCommand } = await import("@aws-sdk/client-sqs");
    const Policy = policyFor("sqs:SendMessage", arn);
    const Attributes = { Policy, ContentBasedDeduplication: "true" };
    await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    const rule = await cloud.rule({ Arn: arn, SqsParameters: { MessageGroupId: "g" } });
    await cloud.put(rule);
    const { Attributes: got } = await cloud.next(url);
    expect(got?.MessageGroupId).to.equal("g");
    const { message } = await failureOf(
      cloud.events.putTargets({ Rule: rule, Targets: [{ Id: "two", Arn: arn }] }),
    );
    expect(message).to.include("SqsParameters");
  });

  it("brings events to a topic whose policy allows it", async () => {
    const topicArn = await cloud.topic();
    const AttributeValue = policyFor("sns:Publish", topicArn);
    await cloud.sns.send(
      new SetTopicAttributesCommand({
        TopicArn: topicArn,
        AttributeName: "Policy",
        AttributeValue,
      }),
    );
    const { name, url } = await cloud.queue(topicArn);
    await cloud.subscribe(topicArn, name);
    const rule = await cloud.rule({ Arn: topicArn, InputPath: "$.detail" });
    await cloud.put(rule, { told: true });
    expect(await cloud.nextBody(url)).to.equal('{"told":true}');
  });

  it("invokes a function that lets the rule, or by the role of the target", async () => {
    const lambda = new Lambda(clientSettings(cloud.endpoint));
    const Role = await createRole("of-function", "lambda.amazonaws.com", "logs:*");
    const FunctionName = "of-events";
    await lambda.createFunction({
      ...{ FunctionName, Role, Runtime: "nodejs24.x", Handler: "index.handler" },
      Code: { ZipFile: zipOf(`export const handler = (e) => console.log("GOT " + e.source);`) },
    });
    const Arn = arnOf("lambda", `function:${FunctionName}`);
    const denied = await cloud.rule({ Arn });
    await cloud.put(denied);
    await cloud.loggedFor("event-dropped", denied);

    const allowed = await cloud.rule({ Arn });
    await lambda.addPermission({
      ...{ FunctionName, StatementId: "events", Action: "lambda:InvokeFunction" },
      ...{ Principal: "events.amazonaws.com", SourceArn: arnOf("events", `rule/${allowed}`) },
    });
    await cloud.put(allowed);
    const RoleArn = await createRole("invoker", "events.amazonaws.com", "lambda:InvokeFunction");
    const byRole = await cloud.rule({ Arn, RoleArn });
    await cloud.put(byRole);
    const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
    const logs = new CloudWatchLogs(clientSettings(cloud.endpoint));
    const text = await untilMet("Both invocations", async () => {
      const group = { logGroupName: `/aws/lambda/${FunctionName}` };
      const found = await logs.filterLogEvents(group).catch(() => ({ events: [] }));
      const all = (found.events ?? []).map(({ message }) => message).join("");
      return all.includes(`GOT ${allowed}`) && all.includes(`GOT ${byRole}`) ? all : undefined;
    });
    expect(text).not.to.include(`GOT ${denied}\n`);
    logs.destroy();
    lambda.destroy();
  });

  it("drops what a queue's policy or the role of a target does not allow", async () => {
    const { arn } = await cloud.openQueue("", arnOf("events", "rule/other"));
    const byPolicy = await cloud.rule({ Arn: arn });
    await cloud.put(byPolicy);
    expect(Reflect.get(await cloud.loggedFor("event-dropped", byPolicy), "error")).to.include(
      "does not allow events.amazonaws.com",
    );
    const RoleArn = await createRole("of-others", "lambda.amazonaws.com", "sqs:*");
    const byRole = await cloud.rule({ Arn: arn, RoleArn });
    await cloud.put(byRole);
    expect(Reflect.get(await cloud.loggedFor("event-dropped", byRole), "error")).to.include(
      "may not assume",
    );
  });

  it("gives what could not be delivered to the dead-letter queue, with the reason", async () => {
    const { url, arn } = await cloud.openQueue();
    const Arn = arnOf("sqs", "missing");
    const rule = await cloud.rule({ Arn, DeadLetterConfig: { Arn: arn } });
    await cloud.put(rule, { kept: 1 });
    const { Body = "", MessageAttributes = {} } = await cloud.next(url);
    expect(JSON.parse(Body)).to.have.property("detail").that.deep.equals({ kept: 1 });
    expect(MessageAttributes["RULE_ARN"]?.StringValue).to.equal(arnOf("events", `rule/${rule}`));
    expect(MessageAttributes["TARGET_ARN"]?.StringValue).to.equal(Arn);
    expect(MessageAttributes["ERROR_CODE"]?.StringValue).to.match(/AccessDenied/);
    expect(MessageAttributes["RETRY_ATTEMPTS"]?.StringValue).to.equal("0");
  });

  it("tries again what a fault has hit, as often as the retry policy says", async () => {
    const { url, arn } = await cloud.openQueue();
    const { url: deadLetters, arn: deadLetterArn } = await cloud.openQueue();
    const topicArn = await cloud.topic();
    const AttributeValue = policyFor("sns:Publish", topicArn);
    await cloud.sns.send(
      new SetTopicAttributesCommand({
        TopicArn: topicArn,
        AttributeName: "Policy",
        AttributeValue,
      }),
    );
    const { name } = await cloud.queue(topicArn);
    await cloud.subscribe(topicArn, name);
    await cloud.setFaults([{ service: "sns" }]);
    const none = await cloud.rule({
      ...{ Arn: topicArn, DeadLetterConfig: { Arn: deadLetterArn } },
      RetryPolicy: { MaximumRetryAttempts: 0 },
    });
    await cloud.put(none);
    const { MessageAttributes } = await cloud.next(deadLetters);
    expect(MessageAttributes?.["EXHAUSTED_RETRY_CONDITION"]?.StringValue).to.equal(
      "MaximumRetryAttempts",
    );

    await cloud.setFaults([{ service: "sqs" }]);
    const again = await cloud.rule({ Arn: arn });
    await cloud.put(again);
    await cloud.loggedFor("event-delivery-failed", again);
    await cloud.setFaults([]);
    expect(await cloud.nextBody(url)).to.include(again);
  });

  it("leaves a disabled rule and another bus alone", async () => {
    const { url, arn } = await cloud.openQueue();
    const rule = await cloud.rule({ Arn: arn });
    await cloud.events.createEventBus({ Name: "aside" });
    await cloud.put(rule, { on: "aside" }, { EventBusName: "aside" });
    await cloud.events.disableRule({ Name: rule });
    await cloud.put(rule, { on: "disabled" });
    await cloud.events.enableRule({ Name: rule });
    await cloud.put(rule, { on: "enabled" });
    expect(await cloud.nextBody(url)).to.include('{"on":"enabled"}');
  });
});
