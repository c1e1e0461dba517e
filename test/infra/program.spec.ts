import { experiments } from "../../chaos/experiments/index.ts";
import { readFile } from "node:fs/promises";
import type { asset } from "@pulumi/pulumi";
import { expect } from "chai";
import { find, statementsOf } from "./support/find-resource.ts";
import { type ProgramRun, runProgram } from "./support/run-program.ts";

const TOPIC_ARN = "arn:aws:sns:us-east-1:000000000000:ProductEventsTopic";

describe("the program", function () {
  this.timeout(10_000);

  let run: ProgramRun;

  before(async () => {
    run = await runProgram();
  });

  it("declares these resources and no others", () => {
    expect(countByType(run)).to.deep.equal({ ...WITHOUT_WRITE_BUFFER, ...sumOf(WRITE_BUFFER) });
  });

  it("declares the application alone with writeBuffer: false", async () => {
    const { resources, outputs } = await runProgram({ overrides: { writeBuffer: "false" } });
    expect(countByType({ resources })).to.deep.equal(WITHOUT_WRITE_BUFFER);
    expect(outputs).to.not.have.any.keys("productEventsTopicArn", "productEventsQueueUrl");
    const addProduct = find({ resources }, "product-api-add-function").inputs;
    expect(addProduct.environment).to.deep.equal({
      variables: { POWERTOOLS_SERVICE_NAME: "add-product", PRODUCTS_TABLE_NAME: "Products" },
    });
    expect(
      statementsOf({ resources }, "product-api-add-policy").map(({ Action }) => Action),
    ).to.deep.equal([["dynamodb:PutItem"], ["logs:CreateLogStream", "logs:PutLogEvents"]]);
  });

  it("puts every resource below a component and under the one provider", () => {
    for (const { name, type, typePath } of run.resources)
      if (type.startsWith("aws:"))
        expect(typePath.at(-2), name).to.match(
          /^outage-drill:infra:(ProductTable|ProductApi|WriteBuffer|LambdaFunction)$/,
        );
    expect(run.resources.filter(({ type }) => type === "pulumi:providers:aws")).to.have.lengthOf(1);
  });

  it("sends every service that it and the provider use to the emulator, with its keys", () => {
    const { inputs } = find(run, "aws");
    const [endpoints] = JSON.parse(String(inputs.endpoints)) as [Record<string, string>];
    const used = run.resources.flatMap(({ type }) => /^aws:(\w+)/.exec(type)?.[1] ?? []);
    expect(Object.keys(endpoints)).to.include.members([...used, "logs", "kms", "sts"]);
    expect(new Set(Object.values(endpoints))).to.deep.equal(new Set(["http://localhost:4566"]));
    expect(JSON.stringify(inputs.accessKey)).to.contain('"test"');
    const unasked = { skipCredentialsValidation: "true", skipRequestingAccountId: "true" };
    expect(inputs, "a preview asks no emulator").to.include(unasked);
  });

  it("lets no function publish before the topic's messages reach the queue", () => {
    const order = run.resources.map(({ name }) => name);
    expect(order.indexOf("write-buffer-subscription")).to.be.below(
      order.indexOf("product-api-add-policy"),
    );
  });

  it("exports the stack outputs", () => {
    const { experimentTemplates, ...outputs } = run.outputs;
    expect(outputs).to.deep.equal({
      productApiUrl:
        "http://localhost:4566/_aws/execute-api/product-api-rest-api-id/dev/productApi",
      productsTableName: "Products",
      productEventsTopicArn: TOPIC_ARN,
      productEventsQueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/ProductEventsQueue",
      productEventsDeadLetterQueueUrl:
        "https://sqs.us-east-1.amazonaws.com/000000000000/ProductEventsDeadLetterQueue",
      region: "us-east-1",
      endpoint: "http://localhost:4566",
    });
    const templated = experiments.filter(({ template }) => template).map(({ name }) => name);
    expect(experimentTemplates).to.have.all.keys(templated);
  });

  it("exports the tutorial's templates value for value", async () => {
    const { outage, latency } = run.outputs.experimentTemplates as Record<string, unknown>;
    expect(outage).to.deep.equal(await readTutorial("experiment-ddb.json"));
    expect(latency).to.deep.equal(await readTutorial("latency-experiment.json"));
  });

  it("declares the same on AWS, with protection, no keys and the stage's URL", async () => {
    const overrides = { awsExperimentTemplates: "false" };
    const aws = await runProgram({ stack: "aws", overrides });
    expect(countByType(aws)).to.deep.equal(countByType(run));
    expect(find(aws, "aws").inputs).to.not.have.any.keys("accessKey", "secretKey", "endpoints");
    expect(find(aws, "product-table-table").inputs.deletionProtectionEnabled).to.equal(true);
    expect(aws.outputs.productApiUrl).to.equal(
      "https://product-api-stage.execute-api.us-east-1.amazonaws.com/dev/productApi",
    );
  });

  for (const stack of ["local", "aws"])
    it(`knows every name and setting in a preview of ${stack}, where outputs are unknown`, async () => {
      const preview = await runProgram({ stack, preview: true });
      const update = await runProgram({ stack });
      expect(countByType(preview)).to.deep.equal(countByType(update));
      for (const { name, inputs } of preview.resources)
        expect(inputs.name, name).to.equal(find(update, name).inputs.name);
      expect(preview.outputs.productApiUrl).to.equal(undefined);
      expect(preview.outputs.experimentTemplates).to.deep.equal(run.outputs.experimentTemplates);
    });

  it("puts the prefix before every physical name", async () => {
    const prefixed = await runProgram({ overrides: { namePrefix: "blue-" } });
    for (const { name, inputs, type } of prefixed.resources)
      if (inputs.name !== undefined && type !== "aws:iam/rolePolicy:RolePolicy")
        expect(inputs.name, name).to.match(/^(\/aws\/lambda\/)?blue-/);
  });

  it("packs one module into each function's archive", async () => {
    const archive = find(run, "product-api-get-function").inputs.code as asset.AssetArchive;
    const assets = (await archive.assets) as Record<string, asset.StringAsset>;
    expect(Object.keys(assets)).to.deep.equal(["index.mjs"]);
    expect(await assets["index.mjs"]?.text).to.contain("GetItem");
  });
});

const WITHOUT_WRITE_BUFFER: Record<string, number> = {
  "pulumi:providers:aws": 1,
  "outage-drill:infra:ProductTable": 1,
  "outage-drill:infra:ProductApi": 1,
  "outage-drill:infra:ExperimentTemplates": 1,
  "outage-drill:infra:LambdaFunction": 2,
  "aws:dynamodb/table:Table": 1,
  "aws:cloudwatch/logGroup:LogGroup": 2,
  "aws:iam/role:Role": 2,
  "aws:iam/rolePolicy:RolePolicy": 2,
  "aws:lambda/function:Function": 2,
  "aws:lambda/permission:Permission": 2,
  "aws:apigateway/restApi:RestApi": 1,
  "aws:apigateway/resource:Resource": 1,
  "aws:apigateway/method:Method": 2,
  "aws:apigateway/integration:Integration": 2,
  "aws:apigateway/deployment:Deployment": 1,
  "aws:apigateway/stage:Stage": 1,
};

const WRITE_BUFFER: Record<string, number> = {
  "outage-drill:infra:WriteBuffer": 1,
  "outage-drill:infra:LambdaFunction": 1,
  "aws:cloudwatch/logGroup:LogGroup": 1,
  "aws:iam/role:Role": 1,
  "aws:iam/rolePolicy:RolePolicy": 1,
  "aws:lambda/function:Function": 1,
  "aws:lambda/eventSourceMapping:EventSourceMapping": 1,
  "aws:sns/topic:Topic": 1,
  "aws:sns/topicSubscription:TopicSubscription": 1,
  "aws:sqs/queue:Queue": 2,
  "aws:sqs/queuePolicy:QueuePolicy": 2,
};

/** Counts added to those of the application alone. */
function sumOf(added: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(added).map(([type, count]) => [type, count + (WITHOUT_WRITE_BUFFER[type] ?? 0)]),
  );
}

function countByType({ resources }: Pick<ProgramRun, "resources">): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

async function readTutorial(file: string): Promise<unknown> {
  const url = new URL(`../../infra/tutorial/${file}`, import.meta.url);
  return JSON.parse(await readFile(url, "utf8"));
}
