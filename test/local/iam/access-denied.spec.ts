import { CloudWatchLogsClient, CreateLogStreamCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { FisClient, StartExperimentCommand } from "@aws-sdk/client-fis";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { type RoleUnderTest, serveRoleUnderTest } from "../../support/role-under-test.ts";

/** A role without policies, denied in the words and the form of each service. */
describe("a call that is not allowed is denied by", () => {
  let role: RoleUnderTest;
  let clients: ReturnType<typeof createClients>;
  before(async () => {
    role = await serveRoleUnderTest();
    clients = createClients(role.settings);
  });
  after(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await role.close();
  });

  function createClients(settings: RoleUnderTest["settings"]) {
    return {
      dynamodb: new DynamoDBClient(settings),
      sqs: new SQSClient(settings),
      sns: new SNSClient(settings),
      lambda: new LambdaClient(settings),
      logs: new CloudWatchLogsClient(settings),
      fis: new FisClient(settings),
    };
  }

  it("DynamoDB", async () => {
    const failure = await failureOf(
      clients.dynamodb.send(
        new PutItemCommand({ TableName: "Products", Item: { id: { S: "1" } } }),
      ),
    );
    expect(failure.name).to.equal("AccessDeniedException");
    expect(failure.$metadata?.httpStatusCode).to.equal(400);
    expect(failure.message).to.equal(
      `User: arn:aws:sts::000000000000:assumed-role/writer/writer-1 is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Products because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  it("SQS", async () => {
    const failure = await failureOf(
      clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: "http://127.0.0.1/000000000000/Events",
          MessageBody: "x",
        }),
      ),
    );
    expect(failure.name).to.equal("AccessDenied");
    expect(failure.$metadata?.httpStatusCode).to.equal(403);
    expect(failure.message).to.include(
      "is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:Events because",
    );
  });

  it("SNS", async () => {
    const TopicArn = "arn:aws:sns:us-east-1:000000000000:Events";
    const failure = await failureOf(
      clients.sns.send(new PublishCommand({ TopicArn, Message: "x" })),
    );
    expect(failure.name).to.equal("AuthorizationErrorException");
    expect(failure.$metadata?.httpStatusCode).to.equal(403);
    expect(failure.message).to.include(`perform: SNS:Publish on resource: ${TopicArn}`);
  });

  it("Lambda", async () => {
    const failure = await failureOf(
      clients.lambda.send(new InvokeCommand({ FunctionName: "add", Qualifier: "live" })),
    );
    expect(failure.name).to.equal("AccessDeniedException");
    expect(failure.$metadata?.httpStatusCode).to.equal(403);
    expect(failure.message).to.include(
      "lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:add:live",
    );
  });

  it("CloudWatch Logs", async () => {
    const failure = await failureOf(
      clients.logs.send(
        new CreateLogStreamCommand({ logGroupName: "/aws/lambda/add", logStreamName: "s" }),
      ),
    );
    expect(failure.name).to.equal("AccessDeniedException");
    expect(failure.$metadata?.httpStatusCode).to.equal(400);
    expect(failure.message).to.include(
      "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/add:log-stream:s",
    );
  });

  it("FIS", async () => {
    const failure = await failureOf(
      clients.fis.send(new StartExperimentCommand({ experimentTemplateId: "EXT1" })),
    );
    expect(failure.name).to.equal("AccessDeniedException");
    expect(failure.$metadata?.httpStatusCode).to.equal(403);
    expect(failure.message).to.include("experiment-template/EXT1");
  });
});
