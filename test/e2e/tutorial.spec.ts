import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { untilMet } from "../support/until-met.ts";
import { runProcess } from "./support/run-process.ts";
import { type CloudProcess, startCloudProcess } from "./support/start-cloud-process.ts";
import { expectToShow, type TutorialShell, tutorialShell } from "./support/tutorial-shell.ts";

const outage = {
  actionId: "localstack:generic:api-error",
  parameters: {
    service: "dynamodb",
    api: "all",
    percentage: "100",
    exception: "DynamoDbException",
    errorCode: "500",
  },
};
const roleArn = "arn:aws:iam:000000000000:role/ExperimentRole";
const stopConditions = [{ source: "none" }];

const gadget = {
  id: "prod-2004",
  name: "Ultimate Gadget",
  price: "49.99",
  description:
    "The Ultimate Gadget is the perfect tool for tech enthusiasts looking for the next level in gadgetry. Compact, powerful, and loaded with features.",
};
const widget = {
  id: "prod-1003",
  name: "Super Widget",
  price: "29.99",
  description:
    "A versatile widget that can be used for a variety of purposes. Durable, reliable, and affordable.",
};

interface Answer {
  readonly experimentTemplate: { readonly id: string };
  readonly experiment: { readonly id: string };
}

/**
 * The LocalStack tutorial "Chaos Engineering: Running Experiments with Fault Injection Service",
 * command by command and in its order; what it shows is what is expected, but for ids and times.
 */
describe("the tutorial, with curl and the AWS CLI", function () {
  this.timeout(60_000);
  let cloud: CloudProcess;
  let shell: TutorialShell;
  let templateId: string;
  let experimentId: string;

  before(async function () {
    for (const program of ["curl", "aws"])
      if ((await runProcess(program, ["--version"])).exitCode !== 0) {
        console.log(`      ${program} is not here, so the tutorial is not run.`);
        this.skip();
      }
    cloud = await startCloudProcess();
    shell = tutorialShell(cloud.endpoint);
  });
  after(async () => {
    expect(await (cloud as CloudProcess | undefined)?.stop()).to.be.oneOf([0, undefined]);
  });

  it("curl POST adds a product", async () => {
    expect(await shell.post(gadget)).to.equal("Product added/updated successfully.");
  });

  it("awslocal fis create-experiment-template takes experiment-ddb.json as it is", async () => {
    const answer = await shell.awsJson(
      ...["fis", "create-experiment-template"],
      ...["--cli-input-json", shell.template("experiment-ddb.json")],
    );
    expectToShow(answer["experimentTemplate"], {
      description: "Template for interfering with the DynamoDB service",
      actions: { "Test action 1": outage },
      stopConditions,
      roleArn,
    });
    templateId = (answer as unknown as Answer).experimentTemplate.id;
  });

  it("awslocal fis start-experiment starts it", async () => {
    const answer = await shell.awsJson(
      ...["fis", "start-experiment", "--experiment-template-id", templateId],
    );
    expectToShow(answer["experiment"], {
      experimentTemplateId: templateId,
      roleArn,
      state: { status: "running" },
      actions: { "Test action 1": outage },
      stopConditions,
    });
    experimentId = (answer as unknown as Answer).experiment.id;
  });

  it("the database is inaccessible: no product can be read", async () => {
    expect(await shell.get("prod-2004")).to.match(/ 503$/);
    const scan = await shell.aws("dynamodb", "scan", "--table-name", "Products");
    expect(scan.exitCode).not.to.equal(0);
    expect(scan.stderr).to.include(
      "An error occurred (DynamoDbException) when calling the Scan operation (reached max retries: 1): Failing as per Fault Injection Simulator configuration",
    );
  });

  it("curl POST is answered from the queue", async () => {
    expect(await shell.post(widget)).to.equal("A DynamoDB error occurred. Message sent to queue.");
  });

  it("the log shows the exception that was managed", () => {
    const fired = cloud
      .logged()
      .find(({ event, operation }) => event === "fault-fired" && operation === "PutItem");
    expect(fired).to.include({ status: 500, code: "DynamoDbException", experimentId });
  });

  it("awslocal fis stop-experiment ends it", async () => {
    const answer = await shell.awsJson("fis", "stop-experiment", "--id", experimentId);
    expectToShow(answer["experiment"], {
      id: experimentId,
      experimentTemplateId: templateId,
      roleArn,
      state: { status: "stopped" },
      actions: { "Test action 1": outage },
      stopConditions,
    });
  });

  it("awslocal dynamodb scan shows both products", async () => {
    const answer = await untilMet("Two products in the table", async () => {
      const found = await shell.awsJson("dynamodb", "scan", "--table-name", "Products");
      return found["Count"] === 2 ? found : undefined;
    });
    expectToShow(answer, { Count: 2, ScannedCount: 2, ConsumedCapacity: null });
    const items = answer["Items"] as { id: { S: string } }[];
    for (const product of [widget, gadget])
      expectToShow(
        items.find(({ id }) => id.S === product.id),
        {
          id: { S: product.id },
          name: { S: product.name },
          description: { S: product.description },
          price: { N: product.price },
        },
      );
  });

  it("latency-experiment.json is created and started the same way", async () => {
    const created = await shell.awsJson(
      ...["fis", "create-experiment-template"],
      ...["--cli-input-json", shell.template("latency-experiment.json")],
    );
    expectToShow(created["experimentTemplate"], {
      description: "template for testing delays in API calls",
      actions: {
        latency: { actionId: "localstack:generic:api-error", parameters: { latency: "4" } },
      },
      stopConditions,
      roleArn,
    });
    const { id } = (created as unknown as Answer).experimentTemplate;
    const started = await shell.awsJson("fis", "start-experiment", "--experiment-template-id", id);
    expectToShow(started["experiment"], { state: { status: "running" } });
    experimentId = (started as unknown as Answer).experiment.id;
  });

  it("curl POST is answered, 4 s late, with the error that says so", async () => {
    const startedMs = Date.now();
    const answer = await shell.post({ ...widget, id: "prod-1088" });
    expect(Date.now() - startedMs).to.be.at.least(4_000);
    expect(answer).to.include("An error occurred (InternalError) when calling the ");
    expect(answer).to.include("Failing as per Fault Injection Simulator configuration");
    await shell.awsJson("fis", "stop-experiment", "--id", experimentId);
    expect(await shell.post(widget)).to.equal("Product added/updated successfully.");
  });

  it("docs/tutorial.md has each of these commands", async () => {
    const text = await readFile(new URL("../../docs/tutorial.md", import.meta.url), "utf8");
    for (const command of [
      "npm run cloud",
      "dev/productApi",
      "awslocal fis create-experiment-template --cli-input-json file://infra/tutorial/experiment-ddb.json",
      "awslocal fis start-experiment --experiment-template-id",
      "awslocal dynamodb scan --table-name Products",
      "awslocal fis stop-experiment --id",
      "awslocal fis create-experiment-template --cli-input-json file://infra/tutorial/latency-experiment.json",
      "A DynamoDB error occurred. Message sent to queue.",
      "Failing as per Fault Injection Simulator configuration",
    ])
      expect(text).to.include(command);
  });
});
