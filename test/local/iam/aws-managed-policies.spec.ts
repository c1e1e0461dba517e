import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

const names = [
  ...["EC2", "ECS", "EKS", "Network", "RDS", "SSM"].map(
    (kind) => `service-role/AWSFaultInjectionSimulator${kind}Access`,
  ),
  ...["AmazonDynamoDBFullAccess", "AmazonDynamoDBReadOnlyAccess"],
  ...["AWSLambda_FullAccess", "AWSLambda_ReadOnlyAccess"],
  ...["AmazonSQSFullAccess", "AmazonSNSReadOnlyAccess", "CloudWatchFullAccess"],
  ...["CloudWatchLogsReadOnlyAccess", "AmazonSSMFullAccess", "IAMReadOnlyAccess"],
  ...["AmazonAPIGatewayAdministrator", "AWSKeyManagementServicePowerUser", "PowerUserAccess"],
];

describe("Policies managed by AWS", () => {
  let cloud: Cloud;
  let iam: IAMClient;
  before(async () => {
    cloud = await startCloud();
    iam = new IAMClient(clientSettings(cloud.endpoint));
  });
  after(() => cloud.close());

  async function createRole(): Promise<{ RoleName: string; RoleArn: string }> {
    const RoleName = crypto.randomUUID();
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
        }),
      }),
    );
    return { RoleName, RoleArn: Role?.Arn ?? "" };
  }

  it("can be attached and read", async () => {
    const { RoleName } = await createRole();
    for (const name of names) {
      const PolicyArn = `arn:aws:iam::aws:policy/${name}`;
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
      );
      expect(decodeURIComponent(PolicyVersion?.Document ?? ""), name).to.include('"Allow"');
    }
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(attached.AttachedPolicies).to.have.length(names.length);
  });

  it("allow what AWS lets them allow, and nothing else", async () => {
    const { RoleName, RoleArn } = await createRole();
    const PolicyArn = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const { Credentials } = await new STSClient(clientSettings(cloud.endpoint)).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "session" }),
    );
    const sqs = new SQSClient(
      clientSettings(cloud.endpoint, {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      }),
    );
    await sqs.send(new ListQueuesCommand({}));
    const denied = await failureOf(sqs.send(new CreateQueueCommand({ QueueName: "q" })));
    expect(denied.name).to.match(/^AccessDenied/);
  });
});
