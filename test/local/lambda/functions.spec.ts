import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { anyRole, type StartedLambda, startLambda, zipOf } from "./start-lambda.ts";

describe("Lambda functions", () => {
  let cloud: StartedLambda;
  beforeEach(async () => (cloud = await startLambda()));
  afterEach(() => cloud.close());

  const answering = (answer: string): string => `export const handler = () => "${answer}";`;

  it("are described as they were created", async () => {
    const FunctionName = await cloud.create(answering("a"), {
      Description: "says a",
      Timeout: 7,
      MemorySize: 256,
      Environment: { Variables: { MODE: "test" } },
      Tags: { team: "red" },
    });
    const { Configuration, Tags } = await cloud.client.send(
      new GetFunctionCommand({ FunctionName }),
    );
    expect(Configuration).to.include({
      FunctionName,
      FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`,
      Runtime: "nodejs24.x",
      Description: "says a",
      Timeout: 7,
      MemorySize: 256,
      State: "Active",
    });
    expect(Configuration?.Environment?.Variables).to.deep.equal({ MODE: "test" });
    expect(Tags).to.deep.equal({ team: "red" });
  });

  it("run new code and new settings after an update", async () => {
    const code = `export const handler = () => "old " + process.env.MODE;`;
    const FunctionName = await cloud.create(code, { Environment: { Variables: { MODE: "1" } } });
    expect((await cloud.invoke(FunctionName)).payload).to.equal("old 1");
    await cloud.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        Environment: { Variables: { MODE: "2" } },
      }),
    );
    expect((await cloud.invoke(FunctionName)).payload).to.equal("old 2");
    await cloud.client.send(
      new UpdateFunctionCodeCommand({
        FunctionName,
        ZipFile: zipOf(code.replace("old", "new")),
      }),
    );
    expect((await cloud.invoke(FunctionName)).payload).to.equal("new 2");
  });

  it("finish an event with the code that it began with", async () => {
    const FunctionName = await cloud.create(
      `export const handler = () => new Promise((resolve) => setTimeout(resolve, 400, "old"));`,
    );
    const running = cloud.invoke(FunctionName);
    await cloud.invoke(FunctionName);
    const alsoRunning = cloud.invoke(FunctionName);
    await cloud.client.send(
      new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(answering("new")) }),
    );
    expect((await running).payload).to.equal("old");
    expect((await alsoRunning).payload).to.be.oneOf(["old", "new"]);
    expect((await cloud.invoke(FunctionName)).payload).to.equal("new");
  });

  it("are gone once deleted", async () => {
    const FunctionName = await cloud.create(answering("a"));
    await cloud.client.send(new DeleteFunctionCommand({ FunctionName }));
    expect((await failureOf(cloud.invoke(FunctionName))).name).to.equal(
      "ResourceNotFoundException",
    );
    const { Functions } = await cloud.client.send(new ListFunctionsCommand({}));
    expect(Functions).to.deep.equal([]);
  });

  it("are of one region, and of one name in it", async () => {
    const FunctionName = await cloud.create(answering("a"));
    const twin = await failureOf(cloud.create(answering("b"), { FunctionName }));
    expect(twin.name).to.equal("ResourceConflictException");
    const elsewhere = new LambdaClient({ ...clientSettings(cloud.endpoint), region: "eu-west-1" });
    const missing = await failureOf(elsewhere.send(new GetFunctionCommand({ FunctionName })));
    expect(missing.name).to.equal("ResourceNotFoundException");
    elsewhere.destroy();
  });

  it("are known by name, partial ARN, ARN and the qualifier $LATEST, and by no other", async () => {
    const name = await cloud.create(answering("a"));
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
    for (const reference of [name, `000000000000:function:${name}`, arn, `${arn}:$LATEST`])
      expect((await cloud.invoke(reference)).payload, reference).to.equal("a");
    const version = await failureOf(cloud.invoke(`${arn}:1`));
    expect(version.name).to.equal("ResourceNotFoundException");
  });

  it("have tags, a concurrency and a policy", async () => {
    const FunctionName = await cloud.create(answering("a"));
    const Resource = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
    await cloud.client.send(new TagResourceCommand({ Resource, Tags: { a: "b" } }));
    const { Tags } = await cloud.client.send(new ListTagsCommand({ Resource }));
    expect(Tags).to.deep.equal({ a: "b" });
    await cloud.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 3 }),
    );
    const concurrency = await cloud.client.send(
      new GetFunctionConcurrencyCommand({ FunctionName }),
    );
    expect(concurrency.ReservedConcurrentExecutions).to.equal(3);
    await cloud.client.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: "gateway",
        Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
        SourceArn: "arn:aws:execute-api:us-east-1:000000000000:api/*",
      }),
    );
    const { Policy = "" } = await cloud.client.send(new GetPolicyCommand({ FunctionName }));
    expect(Policy)
      .to.include('"Sid":"gateway"')
      .and.include('"Service":"apigateway.amazonaws.com"');
    await cloud.client.send(new RemovePermissionCommand({ FunctionName, StatementId: "gateway" }));
    const none = await failureOf(cloud.client.send(new GetPolicyCommand({ FunctionName })));
    expect(none.name).to.equal("ResourceNotFoundException");
  });

  const refused: readonly [string, object][] = [
    ["Runtime", { Runtime: "python3.13" }],
    ["Role", { Role: "role" }],
    ["Handler", { Handler: "handler" }],
    ["Timeout", { Timeout: 901 }],
    ["MemorySize", { MemorySize: 64 }],
    ["VpcConfig", { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] } }],
    ["layer", { Layers: ["arn:aws:lambda:us-east-1:1:layer:l:1"] }],
    ["AWS_REGION", { Environment: { Variables: { AWS_REGION: "eu-west-1" } } }],
    ["unzip", { Code: { ZipFile: Buffer.from("no zip") } }],
    ["ZipFile", { Code: { S3Bucket: "bucket", S3Key: "key" } }],
  ];
  for (const [named, input] of refused)
    it(`are refused for a ${named} that is not served`, async () => {
      const failure = await failureOf(
        cloud.client.send(
          new CreateFunctionCommand({
            FunctionName: "refused",
            Runtime: "nodejs24.x",
            Role: anyRole,
            Handler: "index.handler",
            Code: { ZipFile: zipOf(answering("a")) },
            ...input,
          }),
        ),
      );
      expect(failure.name).to.equal("InvalidParameterValueException");
      expect(failure.message.toLowerCase()).to.include(named.toLowerCase());
    });
});
