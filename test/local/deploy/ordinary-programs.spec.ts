import { fileURLToPath } from "node:url";
import {
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { GetItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { startDeployProcess } from "../../../local/deploy/deploy-apart.ts";
import type { Deployed } from "../../../local/deploy/deploy.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";

describe("the in-process engine deploys ordinary programs", function () {
  this.timeout(60_000);
  let cloud: Cloud;
  let settings: ReturnType<typeof clientSettings>;
  before(async () => {
    cloud = await startCloud();
    settings = clientSettings(cloud.endpoint);
  });
  after(() => cloud.close());

  async function deployed<Outputs>(name: string, stack = "dev"): Promise<Deployed<Outputs>> {
    const programUrl = new URL(`programs/ordinary/${name}/`, import.meta.url);
    const deployment = startDeployProcess(programUrl);
    try {
      return await deployment.deploy<Outputs>({ programUrl, stack, endpoint: cloud.endpoint });
    } finally {
      await deployment.close();
    }
  }
  const invoke = async (FunctionName: string, event: object = {}): Promise<unknown> => {
    const lambda = new LambdaClient(settings);
    const { Payload = new Uint8Array() } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    return JSON.parse(Buffer.from(Payload).toString()) as unknown;
  };

  describe("with functions that are written in the program", () => {
    interface Outputs {
      tableName: string;
      queueUrl: string;
      functionName: string;
      roleName: string;
      folder: string;
    }
    let outputs: Outputs;
    let resources: Deployed["resources"];
    before(async () => {
      ({ outputs, resources } = await deployed<Outputs>("closures"));
    });
    const note = async (id: string) => {
      const { Item } = await new DynamoDBClient(settings).send(
        new GetItemCommand({ TableName: outputs.tableName, Key: { id: { S: id } } }),
      );
      return Item;
    };

    it("runs in the folder of its main module", () => {
      expect(outputs.folder).to.equal("src");
    });

    it("serialises them, with the SDK that their runtime ships", async () => {
      expect(await invoke(outputs.functionName, { id: "a" })).to.deep.equal({
        stored: "a",
        hash: "0cc175b9c0f1b6a831c399e269772661",
      });
      expect(await note("a")).to.deep.equal({
        id: { S: "a" },
        kind: { S: "call" },
        label: { S: "from the program" },
      });
    });

    it("feeds them from a queue", async () => {
      await new SQSClient(settings).send(
        new SendMessageCommand({ QueueUrl: outputs.queueUrl, MessageBody: "b" }),
      );
      expect(await untilMet("The note", () => note("b"))).to.deep.include({
        kind: { S: "message" },
      });
    });

    it("gives them the nine policies of AWS that the SDK attaches", async () => {
      const { AttachedPolicies = [] } = await new IAMClient(settings).send(
        new ListAttachedRolePoliciesCommand({ RoleName: outputs.roleName }),
      );
      expect(AttachedPolicies.map(({ PolicyName }) => PolicyName)).to.have.members([
        "AWSLambda_FullAccess",
        "CloudWatchFullAccessV2",
        "CloudWatchEventsFullAccess",
        "AmazonS3FullAccess",
        "AmazonDynamoDBFullAccess",
        "AmazonSQSFullAccess",
        "AmazonKinesisFullAccess",
        "AmazonCognitoPowerUser",
        "AWSXrayWriteOnlyAccess",
      ]);
    });

    it("takes a resource where an id is wanted", async () => {
      const { Policy } = await new LambdaClient(settings).send(
        new GetPolicyCommand({ FunctionName: outputs.functionName }),
      );
      expect(Policy).to.contain("events.amazonaws.com");
    });

    it("lists them with the components that the SDK makes", () => {
      const types = resources.filter(({ name }) => name === "take-note").map(({ type }) => type);
      expect(types).to.include.members([
        "aws:sqs:QueueEventSubscription",
        "aws:lambda/function:Function",
        "aws:lambda/eventSourceMapping:EventSourceMapping",
      ]);
      const [mapping] = resources.filter(({ type }) => type.endsWith(":EventSourceMapping"));
      expect(mapping?.outputs["eventSourceArn"]).to.match(/^arn:aws:sqs:us-east-1:\d+:notes-/);
    });
  });

  describe("with code in folders and documents as objects", () => {
    interface Outputs {
      functions: [string, string];
      roleName: string;
      policyArn: string;
      trust: string;
      methodId: string;
    }
    let outputs: Outputs;
    before(async () => {
      ({ outputs } = await deployed<Outputs>("folders"));
    });

    it("packs folders, files, texts and archives within archives", async () => {
      const [ofFolder, ofAssets] = outputs.functions;
      expect(await invoke(ofFolder)).to.deep.equal({ lib: "of the folder", count: "3" });
      expect(await invoke(ofAssets)).to.deep.equal({
        word: "shared",
        lib: "of the folder",
        text: "a note",
      });
    });

    it("takes text for a number, and a number for text", async () => {
      const { Timeout } = await new LambdaClient(settings).send(
        new GetFunctionConfigurationCommand({ FunctionName: outputs.functions[0] }),
      );
      expect(Timeout).to.equal(7);
    });

    it("takes documents as objects, and gives them as text", async () => {
      const iam = new IAMClient(settings);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: outputs.roleName }));
      const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")) as object;
      expect(JSON.parse(outputs.trust)).to.deep.equal(trust);
      expect(JSON.stringify(trust)).to.contain("lambda.amazonaws.com");
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn: outputs.policyArn, VersionId: "v1" }),
      );
      expect(decodeURIComponent(PolicyVersion?.Document ?? "")).to.contain("dynamodb:GetItem");
    });

    it("gives a role every kind of policy", async () => {
      const iam = new IAMClient(settings);
      const { roleName: RoleName } = outputs;
      const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      expect(attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).to.have.members([
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess",
        outputs.policyArn,
      ]);
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      expect(PolicyNames).to.have.length(2).and.to.include("send");
      const [PolicyName] = PolicyNames.filter((name) => name !== "send");
      const puts = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      expect(JSON.parse(decodeURIComponent(puts.PolicyDocument ?? ""))).to.deep.equal({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Puts",
            Effect: "Allow",
            Action: "dynamodb:PutItem",
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
          },
        ],
      });
      expect(outputs.methodId).to.match(/^agm-\w+-\w+-GET$/);
    });
  });

  it("runs ES modules in TypeScript, with the region and tags of the stack", async () => {
    const { outputs } = await deployed("modules");
    expect(outputs).to.deep.include({
      region: "eu-west-1",
      stack: "dev",
      seconds: 21,
      tags: { owner: "someone" },
    });
    expect((outputs as { arn: string }).arn).to.match(/^arn:aws:sqs:eu-west-1:/);
  });

  it("says all that is in the way of a program at once, and what to remove", async () => {
    const { message } = await failureOf(deployed("refused"));
    const resource = (name: string, type: string, reason: string) =>
      `Resource${name.includes(",") ? "s" : ""} ${name} (${type}): ${reason}`;
    const unknown = "the in-process engine does not know this type of resource.";
    const notApplied = (input: string) =>
      `the input "${input}" is not applied by the in-process engine.`;
    const ended = (runtime: string) =>
      `the runtime ${runtime} is one that AWS has ended: give nodejs24.x, or let it run on ` +
      "Node.js 24 with --run-old-runtimes.";
    const lambda = "aws:lambda/function:Function";
    const folder = fileURLToPath(new URL("programs/ordinary/refused/", import.meta.url));
    const missing = (asset: string, path: string) =>
      `the asset "${asset}" of the input "code" is ${folder}${path}, which does not exist: build it first.`;
    const lines = message.split("\n");
    expect(lines.slice(0, -1)).to.have.members([
      resource("network", "aws:ec2/vpc:Vpc", unknown),
      resource("a, b", "aws:ec2/subnet:Subnet", unknown),
      resource(
        "snake",
        lambda,
        "the runtime python3.12 is not served: functions run on Node.js only.",
      ),
      resource("old", lambda, ended("nodejs18.x")),
      resource("older", lambda, ended("nodejs16.x")),
      resource("older", lambda, notApplied("vpcConfig")),
      resource(
        "remote",
        lambda,
        'the input "code" is fetched from https://example.com/code.zip, and the in-process engine ' +
          "fetches nothing: download it, and give the file.",
      ),
      resource(
        "mixed",
        lambda,
        'the asset "a.js" of the input "code" is fetched from https://example.com/a.js, and the ' +
          "in-process engine fetches nothing: download it, and give the file.",
      ),
      resource("mixed", lambda, missing("b.js", "not-there.js")),
      resource("mixed", lambda, missing("c", "neither")),
      resource("table", "aws:dynamodb/table:Table", notApplied("restoreToLatestTime")),
      resource(
        "invoke",
        "aws:sqs/getQueue:getQueue",
        "the in-process engine does not know this function.",
      ),
    ]);
    expect(lines.at(-1)).to.match(/^To deploy this program here, remove or replace /);
    for (const part of [
      "network (aws:ec2/vpc:Vpc)",
      "a, b (aws:ec2/subnet:Subnet)",
      `the input "vpcConfig" of older (${lambda})`,
      `the runtime nodejs18.x of old (${lambda})`,
    ])
      expect(lines.at(-1)).to.contain(part);
    const { QueueUrls = [] } = await new SQSClient(settings).send(
      new ListQueuesCommand({ QueueNamePrefix: "after" }),
    );
    expect(QueueUrls).to.deep.equal([]);
  });
});
