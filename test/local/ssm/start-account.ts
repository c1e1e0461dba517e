import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { FisClient } from "@aws-sdk/client-fis";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { randomUUID } from "node:crypto";
import { startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";

export const accountId = "000000000000";

type Statement = Readonly<Record<string, unknown>>;

export interface Account extends AsyncDisposable {
  readonly endpoint: string;
  readonly log: readonly Record<string, unknown>[];
  readonly ssm: SSMClient;
  readonly fis: FisClient;
  readonly dynamodb: DynamoDBClient;
  /** Creates a role that services, and anyone of the account, may assume; answers its ARN. */
  role(
    name: string,
    services: readonly string[],
    statements: readonly Statement[],
  ): Promise<string>;
  /** Settings of a client whose calls are a role's. */
  settingsOf(roleArn: string): Promise<ReturnType<typeof clientSettings>>;
  /** Creates a table with the key `id`; answers its ARN. */
  table(name: string): Promise<string>;
}

/** A whole embedded cloud, with clients of the account's root. */
export async function startAccount(): Promise<Account> {
  const log: Record<string, unknown>[] = [];
  const cloud = await startCloud({ log: (entry) => log.push(entry) });
  const settings = clientSettings(cloud.endpoint);
  const iam = new IAMClient(settings);
  const sts = new STSClient(settings);
  const dynamodb = new DynamoDBClient(settings);
  return {
    endpoint: cloud.endpoint,
    log,
    ssm: new SSMClient(settings),
    fis: new FisClient(settings),
    dynamodb,
    async role(name, services, statements) {
      const principals = { Service: [...services], AWS: `arn:aws:iam::${accountId}:root` };
      const { Role } = await iam.send(
        new CreateRoleCommand({
          RoleName: name,
          AssumeRolePolicyDocument: policy([
            { Effect: "Allow", Principal: principals, Action: "sts:AssumeRole" },
          ]),
        }),
      );
      if (statements.length > 0)
        await iam.send(
          new PutRolePolicyCommand({
            RoleName: name,
            PolicyName: "calls",
            PolicyDocument: policy(statements),
          }),
        );
      return Role?.Arn ?? "";
    },
    async settingsOf(roleArn) {
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: randomUUID() }),
      );
      return clientSettings(cloud.endpoint, {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      });
    },
    async table(name) {
      const { TableDescription } = await dynamodb.send(
        new CreateTableCommand({
          TableName: name,
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          BillingMode: "PAY_PER_REQUEST",
        }),
      );
      return TableDescription?.TableArn ?? "";
    },
    [Symbol.asyncDispose]: () => cloud.close(),
  };
}

export function policy(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
