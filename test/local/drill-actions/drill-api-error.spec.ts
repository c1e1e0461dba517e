import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { startDrillActions, type StartedCloud } from "./start-drill-actions.ts";

/** Every error that each service answers, as `name status`, as clients of the SDK read it. */
const answered: Record<string, Record<string, string[]>> = {
  dynamodb: {
    internal: ["InternalServerError 500"],
    unavailable: ["ServiceUnavailable 503"],
    throttling: [
      "ProvisionedThroughputExceededException 400",
      "RequestLimitExceeded 400",
      "ThrottlingException 400",
    ],
    denied: ["AccessDeniedException 400"],
  },
  sqs: {
    internal: ["InternalError 500", "InternalFailure 500"],
    unavailable: ["ServiceUnavailable 503"],
    throttling: ["RequestThrottled 403", "ThrottlingException 400"],
    denied: ["AccessDenied 403"],
  },
  sns: {
    internal: ["InternalErrorException 500", "InternalFailure 500"],
    unavailable: ["ServiceUnavailable 503"],
    throttling: ["ThrottledException 429", "Throttling 400"],
    denied: ["AuthorizationErrorException 403"],
  },
};

describe("The action outage-drill:api:error", () => {
  let cloud: StartedCloud;
  beforeEach(async () => {
    cloud = await startDrillActions();
  });
  afterEach(() => cloud.close());

  const inject = (parameters: Record<string, string>) =>
    cloud.inject("outage-drill:api:error", parameters);

  for (const [service, failures] of Object.entries(answered))
    for (const [failure, names] of Object.entries(failures))
      it(`answers every error of ${service} for ${failure}, and no other`, async () => {
        const { write, written, operation } = cloud.service(service);
        await inject({ service, failure, operations: operation, seed: "all of them" });
        const met = new Set<string>();
        const messages = new Set<string>();
        for (let call = 0; call < 40; call++) {
          const { name, message, $metadata } = await failureOf(write("refused", 1));
          met.add(`${name} ${String($metadata?.httpStatusCode)}`);
          messages.add(message);
        }
        expect([...met].sort()).to.deep.equal(names);
        expect(messages.size).to.be.at.least(service === "sns" ? 1 : 2);
        expect(cloud.fired()[0]).to.include({ effect: "service-error", failure });
        expect(await written("refused")).to.equal(0);
      });

  it("says who may not do what, from the call", async () => {
    const iam = cloud.keep(new IAMClient(cloud.settings));
    const statement = (more: object) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
    const RoleName = "add-product";
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: statement({ Action: "sts:AssumeRole", Principal: { AWS: "*" } }),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: "puts",
        PolicyDocument: statement({ Action: "dynamodb:PutItem", Resource: "*" }),
      }),
    );
    const sts = cloud.keep(new STSClient(cloud.settings));
    const RoleArn = `arn:aws:iam::000000000000:role/${RoleName}`;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "session-1" }),
    );
    const client = cloud.keep(
      new DynamoDBClient({
        ...cloud.settings,
        credentials: {
          accessKeyId: Credentials?.AccessKeyId ?? "",
          secretAccessKey: Credentials?.SecretAccessKey ?? "",
          sessionToken: Credentials?.SessionToken ?? "",
        },
      }),
    );
    await inject({ service: "dynamodb", failure: "denied" });
    const put = new PutItemCommand({ TableName: "Products", Item: { id: { S: "1" } } });
    expect((await failureOf(client.send(put))).message).to.match(
      /^User: arn:aws:sts::000000000000:assumed-role\/add-product\/session-1 is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/Products (because no|with an explicit deny in an) identity-based policy/,
    );
  });

  it("answers a service that has no table of its own with the common errors", async () => {
    await inject({
      service: "all",
      failure: "throttling",
      operations: "ListBuckets,GetCallerIdentity",
    });
    const sts = cloud.keep(new STSClient(cloud.settings));
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    expect(await failureOf(sts.send(new GetCallerIdentityCommand({})))).to.include({
      name: "Throttling",
      message: "Rate exceeded",
    });
  });

  it("answers one name, status or message where it is told one", async () => {
    const { write } = cloud.service("dynamodb");
    await inject({ service: "dynamodb", failure: "throttling", message: "Slow down." });
    const names = new Set<string>();
    for (let call = 0; call < 40; call++) {
      const { name, message } = await failureOf(write("refused", 1));
      expect(message).to.equal("Slow down.");
      names.add(name);
    }
    expect(names.size).to.equal(3);
  });
});
