import { expect } from "chai";
import { servicesOf } from "../../../chaos/builtin/services-of.ts";
import type { StackResource } from "../../../chaos/harness/target.ts";

function resource(type: string, outputs: Readonly<Record<string, unknown>> = {}): StackResource {
  return { type, name: "a", urn: `urn:pulumi:local::p::${type}::a`, outputs };
}

const allow = (...Action: string[]) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const table = resource("aws:dynamodb/table:Table");
const queue = resource("aws:sqs/queue:Queue");

describe("servicesOf", () => {
  it("names the services of the program's policies, of all forms", () => {
    const forms = [
      resource("aws:iam/rolePolicy:RolePolicy", { policy: allow("dynamodb:PutItem") }),
      resource("aws:iam/policy:Policy", { policy: allow("DynamoDB:*") }),
      resource("aws:iam/role:Role", { inlinePolicies: [{ policy: allow("dynamodb:Get*") }] }),
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        policyArn: "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess",
      }),
    ];
    for (const form of forms) expect(servicesOf([form])).to.deep.equal(["dynamodb"]);
  });

  it("names the services of event sources", () => {
    const mapping = resource("aws:lambda/eventSourceMapping:EventSourceMapping", {
      eventSourceArn: "arn:aws:sqs:us-east-1:000000000000:jobs",
    });
    expect(servicesOf([mapping])).to.deep.equal(["sqs"]);
  });

  it("names EventBridge and the services that its rules deliver to", () => {
    const rule = resource("aws:cloudwatch/eventRule:EventRule", { eventPattern: "{}" });
    const schedule = resource("aws:cloudwatch/eventRule:EventRule", {
      scheduleExpression: "rate(1 day)",
    });
    const target = resource("aws:cloudwatch/eventTarget:EventTarget", {
      arn: "arn:aws:sqs:us-east-1:000000000000:jobs",
    });
    expect(servicesOf([rule, target])).to.deep.equal(["sqs", "events"]);
    expect(servicesOf([schedule, target])).to.deep.equal(["sqs"]);
    const policy = resource("aws:iam/rolePolicy:RolePolicy", { policy: allow("events:PutEvents") });
    expect(servicesOf([policy])).to.deep.equal(["events"]);
  });

  it("names S3 and whom a bucket tells", () => {
    const notification = resource("aws:s3/bucketNotification:BucketNotification", {
      queues: [{ queueArn: "arn:aws:sqs:us-east-1:000000000000:stored" }],
      topics: [{ topicArn: "arn:aws:sns:us-east-1:000000000000:stored" }],
    });
    expect(servicesOf([notification])).to.deep.equal(["s3", "sqs", "sns"]);
  });

  it("takes a policy on everything for one on what the program has", () => {
    const policy = resource("aws:iam/rolePolicy:RolePolicy", { policy: allow("*") });
    expect(servicesOf([policy, table, queue])).to.deep.equal(["dynamodb", "sqs"]);
    const attached = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
      policyArn: "arn:aws:iam::aws:policy/AWSLambda_FullAccess",
    });
    expect(servicesOf([attached, table])).to.deep.equal(["dynamodb"]);
  });

  it("names no service that holds no data, or that is only denied", () => {
    const logs = resource("aws:iam/rolePolicy:RolePolicy", { policy: allow("logs:PutLogEvents") });
    const denied = resource("aws:iam/rolePolicy:RolePolicy", {
      policy: { Statement: { Effect: "Deny", Action: "dynamodb:*", Resource: "*" } },
    });
    expect(servicesOf([logs, denied, table])).to.deep.equal([]);
  });
});
