import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { createIamService } from "../../../local/services/iam/iam-service.ts";
import { createIamStore } from "../../../local/services/iam/iam-store.ts";
import { createStsService } from "../../../local/services/sts/sts-service.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { serveServices, type ServedServices } from "../../support/serve-services.ts";

const root = "arn:aws:iam::000000000000:root";

describe("STS", () => {
  const store = createIamStore();
  let served: ServedServices;
  let iam: IAMClient;
  let sts: STSClient;
  before(async () => {
    served = await serveServices([createIamService(store), createStsService(store)], {
      roleArnOf: (accessKeyId) => store.roleArnOf(accessKeyId),
    });
    iam = new IAMClient(clientSettings(served.endpoint));
    sts = new STSClient(clientSettings(served.endpoint));
  });
  after(async () => {
    iam.destroy();
    sts.destroy();
    await served.close();
  });

  async function createRole(Principal: unknown, Condition?: unknown) {
    const RoleName = `role-${randomUUID()}`;
    const Statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition };
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    );
    return { name: RoleName, arn: Role?.Arn ?? "", id: Role?.RoleId ?? "" };
  }

  async function identityOf(credentials: Parameters<typeof clientSettings>[1]) {
    const client = new STSClient(clientSettings(served.endpoint, credentials));
    try {
      return await client.send(new GetCallerIdentityCommand({}));
    } finally {
      client.destroy();
    }
  }

  it("takes a caller with test keys for the account's root", async () => {
    const { Arn, Account, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    expect({ Arn, Account, UserId }).to.deep.equal({
      Arn: root,
      Account: "000000000000",
      UserId: "000000000000",
    });
  });

  it("knows the credentials of a role's session until they are revoked", async () => {
    const role = await createRole({ Service: "lambda.amazonaws.com" });
    const credentials = store.issueCredentials(role.arn, "writer-1");
    expect((await identityOf(credentials)).Arn).to.equal(
      `arn:aws:sts::000000000000:assumed-role/${role.name}/writer-1`,
    );
    expect((await identityOf(credentials)).UserId).to.equal(`${role.id}:writer-1`);
    store.revokeCredentials(credentials.accessKeyId);
    expect(store.roleArnOf(credentials.accessKeyId)).to.equal(undefined);
    expect(store.isEnded(credentials.accessKeyId)).to.equal(true);
    expect(store.isEnded("test")).to.equal(false);
    expect(store.isEnded("ASIAQNZGKIQY56JQ7WML")).to.equal(false);
  });

  it("gives a session to whom the role trusts", async () => {
    const role = await createRole({ AWS: "000000000000" });
    const { Credentials, AssumedRoleUser } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: "me", DurationSeconds: 900 }),
    );
    expect(AssumedRoleUser).to.deep.equal({
      Arn: `arn:aws:sts::000000000000:assumed-role/${role.name}/me`,
      AssumedRoleId: `${role.id}:me`,
    });
    const lifetimeMs = (Credentials?.Expiration?.getTime() ?? 0) - Date.now();
    expect(lifetimeMs).to.be.within(800_000, 900_000);
    const identity = await identityOf({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    });
    expect(identity.Arn).to.equal(AssumedRoleUser?.Arn);
  });

  it("denies a session to others, and of a role that is not there", async () => {
    const role = await createRole({ Service: "lambda.amazonaws.com" });
    for (const RoleArn of [role.arn, "arn:aws:iam::000000000000:role/nobody"]) {
      const failure = await failureOf(
        sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me" })),
      );
      expect(failure.name).to.equal("AccessDenied");
      expect(failure.$metadata?.httpStatusCode).to.equal(403);
      expect(failure.message).to.equal(
        `User: ${root} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      );
    }
  });

  it("asks for the external id that the trust asks for", async () => {
    const { arn } = await createRole({ AWS: root }, { StringEquals: { "sts:ExternalId": "key" } });
    const assume = (ExternalId?: string) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: arn,
          RoleSessionName: "me",
          ...(ExternalId !== undefined && { ExternalId }),
        }),
      );
    expect((await failureOf(assume())).name).to.equal("AccessDenied");
    expect((await failureOf(assume("lock"))).name).to.equal("AccessDenied");
    expect((await assume("key")).Credentials?.AccessKeyId).to.match(/^ASIA/);
  });

  it("refuses a session longer than the role's, and what it does not emulate", async () => {
    const { arn } = await createRole({ AWS: root });
    const base = { RoleArn: arn, RoleSessionName: "me" };
    const long = await failureOf(
      sts.send(new AssumeRoleCommand({ ...base, DurationSeconds: 7200 })),
    );
    expect(long.name).to.equal("ValidationError");
    expect(long.message).to.include("MaxSessionDuration");
    const narrowed = await failureOf(sts.send(new AssumeRoleCommand({ ...base, Policy: "{}" })));
    expect(narrowed.message).to.equal("Policy is not emulated; leave it out.");
  });

  it("says which account a key is of", async () => {
    const AccessKeyId = "ASIAQNZGKIQY56JQ7WML";
    const { Account } = await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }));
    expect(Account).to.equal("029608264753");
  });
});
