import { GetQueueUrlCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { deploy } from "../../../local/deploy/deploy.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

const programUrl = new URL("programs/failing/index.ts", import.meta.url);

describe("the in-process engine", () => {
  let cloud: Cloud;
  before(async () => {
    cloud = await startCloud();
  });
  after(() => cloud.close());

  const run = (failure: string, timeoutMs = 20_000) =>
    deploy<{ outcome: string }>({
      programUrl,
      stack: "local",
      endpoint: cloud.endpoint,
      config: { failure },
      timeoutMs,
    });
  const messageOf = async (failure: string, timeoutMs?: number) =>
    (await failureOf(run(failure, timeoutMs))).message;

  it("refuses an input that it does not apply, by name", async () => {
    expect(await messageOf("refused-input")).to.equal(
      "Resource Products (aws:dynamodb/table:Table): " +
        'the input "restoreToLatestTime" is not applied by the in-process engine.',
    );
  });

  it("refuses an input of a block that it does not apply, by name", async () => {
    expect(await messageOf("refused-block-input")).to.equal(
      "Resource Products (aws:dynamodb/table:Table): " +
        'the input "globalSecondaryIndexes.0.warmThroughput" is not applied by the in-process engine.',
    );
  });

  it("refuses a value that it does not apply", async () => {
    expect(await messageOf("refused-value")).to.equal(
      "Resource mail (aws:sns/topicSubscription:TopicSubscription): " +
        'the input "protocol" is "email", which the in-process engine does not apply: ' +
        'Invalid option: expected one of "sqs"|"lambda".',
    );
  });

  it("refuses a type of resource and a function that it does not know", async () => {
    expect(await messageOf("unknown-type")).to.equal(
      "Resource files (aws:kinesis/stream:Stream): " +
        "the in-process engine does not know this type of resource.",
    );
    expect(await messageOf("unknown-function")).to.contain("getAvailabilityZones");
  });

  it("creates a resource without an explicit provider at the endpoint, in the stack's region", async () => {
    const { outputs } = await run("no-provider");
    expect(outputs.outcome).to.match(/^arn:aws:sqs:us-east-1:/);
    const elsewhere = await deploy<{ outcome: string }>({
      programUrl,
      stack: "local",
      endpoint: cloud.endpoint,
      config: { failure: "no-provider", "aws:region": "eu-west-1" },
    });
    expect(elsewhere.outputs.outcome).to.match(/^arn:aws:sqs:eu-west-1:/);
  });

  it("refuses such a resource where the stack disables default providers", async () => {
    const refused = deploy({
      programUrl,
      stack: "local",
      endpoint: cloud.endpoint,
      config: { failure: "no-provider", "pulumi:disable-default-providers": '["aws"]' },
    });
    expect((await failureOf(refused)).message).to.match(
      /^Resource jobs \(aws:sqs\/queue:Queue\): it has no explicit provider, and this stack disables/,
    );
  });

  it("lists the resources that it made, by the program's names", async () => {
    const { outputs, resources } = await run("none");
    expect(resources).to.have.length(1);
    const [queue] = resources;
    expect(queue).to.deep.include({
      type: "aws:sqs/queue:Queue",
      name: "jobs",
      id: outputs.outcome,
      urn: "urn:pulumi:local::failing::pulumi:pulumi:Stack$aws:sqs/queue:Queue::jobs",
    });
    expect(queue?.outputs).to.include({ url: outputs.outcome, visibilityTimeoutSeconds: 30 });
    expect(queue?.outputs["arn"]).to.match(/^arn:aws:sqs:us-east-1:\d{12}:jobs-/);
  });

  it("refuses a provider whose endpoint is another one", async () => {
    expect(await messageOf("other-endpoint")).to.match(
      /^Resource elsewhere .*the endpoint of sqs is https:\/\/sqs\.amazonaws\.com/,
    );
  });

  const remote = (resource: string) =>
    `Resource ${resource}: it is a remote component, whose resources a plugin creates, and the ` +
    "in-process engine runs no plugins: declare its resources with @pulumi/aws, or use the Pulumi " +
    "CLI (pulumi up).";

  it("refuses all remote components by name, and creates nothing from there on", async () => {
    expect(await messageOf("remote-components")).to.equal(
      `${remote("api (eks:index:Cluster)")}\n${remote("network (awsx:ec2:Vpc)")}\n` +
        "To deploy this program here, remove or replace api (eks:index:Cluster); " +
        "network (awsx:ec2:Vpc). The Pulumi CLI (pulumi up) deploys it unchanged, to AWS or another " +
        "emulator.",
    );
    const sqs = new SQSClient(clientSettings(cloud.endpoint));
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "of-the" }));
    expect(QueueUrls).to.deep.equal([]);
  });

  it("refuses methods of components, hooks, and what needs a stack or plugin of its own", async () => {
    expect(await messageOf("component-method")).to.match(
      /^The program calls eks:index:Cluster\/getKubeconfig, a method of a component in a plugin/,
    );
    expect(await messageOf("hooks")).to.equal(
      "The program has the hook note, which the in-process engine does not run.",
    );
    expect(await messageOf("stack-reference")).to.match(
      /^Resource me\/network\/dev \(pulumi:pulumi:StackReference\): it is read or imported/,
    );
    expect(await messageOf("other-provider")).to.match(
      /^Resource cluster \(pulumi:providers:kubernetes\): the in-process engine does not know/,
    );
  });

  it("takes options that only later updates and deletions look at", async () => {
    expect((await run("options")).outputs).to.deep.equal({ outcome: 7 });
  });

  it("refuses transforms, which it does not run", async () => {
    expect(await messageOf("transform")).to.contain("Resource jobs (aws:sqs/queue:Queue)");
  });

  it("stops with the name of a resource that fails and the service's error", async () => {
    expect(await messageOf("service-error")).to.match(
      /^mapping \(aws:lambda\/eventSourceMapping:EventSourceMapping\): \w+Exception: ./,
    );
    const sqs = new SQSClient(clientSettings(cloud.endpoint));
    const queue = sqs.send(new GetQueueUrlCommand({ QueueName: "after" }));
    expect(await failureOf(queue)).to.have.property("name", "QueueDoesNotExist");
  });

  it("fails with the program's own error, wherever it is thrown", async () => {
    expect(await messageOf("throws")).to.equal("the program has had enough");
    expect(await messageOf("input-rejects")).to.contain("no name today");
    expect(await messageOf("apply-throws")).to.contain("cannot name it");
  });

  it("gives up on a program that never ends, and says what it waited for", async () => {
    expect(await messageOf("never-ends", 300)).to.match(/not deployed within 0\.3 s; under way: /);
  });

  it("names an endpoint at which nothing listens", async () => {
    const nothing = deploy({
      programUrl,
      stack: "local",
      endpoint: "http://127.0.0.1:1",
      config: { failure: "none" },
    });
    expect((await failureOf(nothing)).message).to.match(
      /^Resource aws .*ECONNREFUSED 127\.0\.0\.1:1/,
    );
  });

  it("keeps deployments apart that run at once", async () => {
    const other = await startCloud();
    try {
      const meet = (endpoint: string, queue: string) =>
        deploy<{ outcome: string }>({
          programUrl,
          stack: "local",
          endpoint,
          config: { failure: "meets", queue },
        });
      const [here, there] = await Promise.all([
        meet(cloud.endpoint, "here"),
        meet(other.endpoint, "there"),
      ]);
      expect(here.outputs.outcome).to.contain(cloud.endpoint).and.to.contain("/here-");
      expect(there.outputs.outcome).to.contain(other.endpoint).and.to.contain("/there-");
    } finally {
      await other.close();
    }
  });

  it("deploys after a deployment that failed", async () => {
    await failureOf(run("service-error"));
    expect((await run("none")).outputs.outcome).to.contain("/jobs-");
  });
});
