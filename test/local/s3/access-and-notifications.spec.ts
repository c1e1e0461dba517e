import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { request } from "node:http";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";

interface Told {
  readonly Event?: string;
  readonly Records?: readonly {
    readonly eventName: string;
    readonly s3: { readonly object: { readonly key: string; readonly size?: number } };
  }[];
}

describe("S3 access, notifications and websites", () => {
  let cloud: Cloud;
  let s3: S3Client;
  let sqs: SQSClient;
  before(async () => {
    cloud = await startCloud();
    s3 = new S3Client(clientSettings(cloud.endpoint));
    sqs = new SQSClient(clientSettings(cloud.endpoint));
  });
  after(async () => {
    s3.destroy();
    sqs.destroy();
    await cloud.close();
  });

  /** A client of S3 with a role that has these statements. */
  async function clientOfRole(name: string, ...statements: object[]): Promise<S3Client> {
    const iam = new IAMClient(clientSettings(cloud.endpoint));
    const trust = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    const document = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement });
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trust) }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        ...{ RoleName: name, PolicyName: "p", PolicyDocument: document(statements) },
      }),
    );
    const { Credentials } = await new STSClient(clientSettings(cloud.endpoint)).send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "session" }),
    );
    return new S3Client(
      clientSettings(cloud.endpoint, {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      }),
    );
  }

  it("let a role do what its policy says, key by key, and do not tell it what is not there", async () => {
    const Bucket = "of-a-role";
    await s3.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ["open/a", "shut/a"])
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    const role = await clientOfRole("reader", {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:DeleteObject"],
      Resource: `arn:aws:s3:::${Bucket}/open/*`,
    });
    const get = (Key: string) => role.send(new GetObjectCommand({ Bucket, Key }));
    await get("open/a");
    expect((await failureOf(get("shut/a"))).name).to.equal("AccessDenied");
    expect((await failureOf(get("open/none"))).name).to.equal("AccessDenied");
    const Objects = [{ Key: "open/a" }, { Key: "shut/a" }];
    const { Deleted, Errors } = await role.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects } }),
    );
    expect(Deleted?.map(({ Key }) => Key)).to.deep.equal(["open/a"]);
    expect(Errors?.map(({ Code }) => Code)).to.deep.equal(["AccessDenied"]);
    role.destroy();
  });

  it("open a bucket to everyone only by a policy that nothing blocks", async () => {
    const Bucket = "public-one";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "for all" }));
    const Statement = {
      ...{ Effect: "Allow", Principal: "*", Action: "s3:GetObject" },
      Resource: `arn:aws:s3:::${Bucket}/*`,
    };
    const put = new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement }) });
    const address = `${cloud.endpoint}/${Bucket}/k`;
    expect((await failureOf(s3.send(put))).name).to.equal("AccessDenied");
    expect((await fetch(address)).status).to.equal(403);
    await s3.send(
      new PutPublicAccessBlockCommand({
        ...{ Bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: false } },
      }),
    );
    await s3.send(put);
    expect(await (await fetch(address)).text()).to.equal("for all");
    expect((await fetch(address, { method: "PUT", body: "x" })).status).to.equal(403);
  });

  it("serve a website with its index and error documents", async () => {
    const Bucket = "site";
    await s3.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ["index.html", "sub/index.html", "error.html"])
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key, ContentType: "text/html" }));
    const read = (path: string) =>
      new Promise<[status: number | undefined, text: string]>((resolve, reject) => {
        const host = `${Bucket}.s3-website-us-east-1.amazonaws.com`;
        request({ host: "127.0.0.1", port: cloud.port, path, headers: { host } }, (response) => {
          let text = "";
          response.on("data", (chunk) => (text += String(chunk)));
          response.on("end", () => {
            resolve([response.statusCode, response.headers.location ?? text]);
          });
        })
          .on("error", reject)
          .end();
      });
    expect((await read("/"))[0]).to.equal(404);
    const IndexDocument = { Suffix: "index.html" };
    const ErrorDocument = { Key: "error.html" };
    await s3.send(
      new PutBucketWebsiteCommand({
        Bucket,
        WebsiteConfiguration: { IndexDocument, ErrorDocument },
      }),
    );
    expect((await read("/"))[0]).to.equal(403);
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: {} }));
    const Statement = [
      {
        ...{ Effect: "Allow", Principal: "*", Action: "s3:GetObject" },
        Resource: `arn:aws:s3:::${Bucket}/*`,
      },
      // So that everyone is told what is not there.
      {
        ...{ Effect: "Allow", Principal: "*", Action: "s3:ListBucket" },
        Resource: `arn:aws:s3:::${Bucket}`,
      },
    ];
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement }) }));
    expect(await read("/")).to.deep.equal([200, "index.html"]);
    expect(await read("/sub")).to.deep.equal([302, "/sub/"]);
    expect(await read("/sub/")).to.deep.equal([200, "sub/index.html"]);
    expect(await read("/none")).to.deep.equal([404, "error.html"]);
  });

  it("tell a queue whose policy allows it of the keys that a filter passes", async () => {
    const Bucket = "tells";
    await s3.send(new CreateBucketCommand({ Bucket }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "told" }));
    const QueueArn = "arn:aws:sqs:us-east-1:000000000000:told";
    const notify = () =>
      s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: {
            QueueConfigurations: [
              {
                QueueArn,
                Events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
                Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "in/" }] } },
              },
            ],
          },
        }),
      );
    const failure = await failureOf(notify());
    expect(failure.message).to.match(/^Unable to validate the following destination/);
    const Policy = JSON.stringify({
      Statement: {
        ...{ Effect: "Allow", Principal: { Service: "s3.amazonaws.com" } },
        ...{ Action: "sqs:SendMessage", Resource: QueueArn },
        Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:s3:::${Bucket}` } },
      },
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await notify();
    for (const Key of ["out/1", "in/a b+ü"])
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "12345" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "in/a b+ü" }));
    const told: Told[] = [];
    await untilMet("the queue is told three times", async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      told.push(...Messages.map(({ Body = "" }) => JSON.parse(Body) as Told));
      return told.length >= 3 || undefined;
    });
    expect(told.filter(({ Event }) => Event === "s3:TestEvent")).to.have.length(1);
    const records = told.flatMap(({ Records = [] }) => Records);
    expect(records.map(({ eventName }) => eventName)).to.have.members([
      ...["ObjectCreated:Put", "ObjectRemoved:Delete"],
    ]);
    for (const { s3: of } of records) expect(of.object.key).to.equal("in/a+b%2B%C3%BC");
    expect(records.map(({ s3: of }) => of.object.size)).to.have.members([5, undefined]);
  });
});
