import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { oncePermitted } from "../../../local/deploy/once-permitted.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedLambda, startLambda } from "../lambda/start-lambda.ts";

describe("oncePermitted", () => {
  let cloud: StartedLambda;
  before(async () => (cloud = await startLambda()));
  after(() => cloud.close());

  async function prepare(queueName: string) {
    const role = await cloud.role("logs:PutLogEvents");
    const FunctionName = await cloud.create("export const handler = () => 1;", { Role: role });
    const sqs = new SQSClient(clientSettings(cloud.endpoint));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queueName }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
    );
    const EventSourceArn = Attributes?.QueueArn;
    const map = () =>
      cloud.client.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }));
    return { RoleName: role.split("/").at(-1), map };
  }

  it("makes a call again until the role's policies are there", async () => {
    const { RoleName, map } = await prepare("later");
    let calls = 0;
    const mapping = oncePermitted(async () => {
      calls += 1;
      if (calls === 3)
        await new IAMClient(clientSettings(cloud.endpoint)).send(
          new PutRolePolicyCommand({
            RoleName,
            PolicyName: "late",
            PolicyDocument: JSON.stringify({
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }],
            }),
          }),
        );
      return map();
    });
    expect((await mapping).UUID).to.be.a("string");
    expect(calls).to.equal(3);
  });

  it("gives up after its time, and at once for any other error", async () => {
    const { map } = await prepare("never");
    const late = await failureOf(oncePermitted(map, 50));
    expect(late.message).to.contain("role does not have permissions");
    let calls = 0;
    const other = oncePermitted(() => {
      calls += 1;
      return Promise.reject(new Error("no such function"));
    });
    expect((await failureOf(other)).message).to.equal("no such function");
    expect(calls).to.equal(1);
  });
});
