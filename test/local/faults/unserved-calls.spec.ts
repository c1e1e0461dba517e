import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import {
  CreateExperimentTemplateCommand,
  FisClient,
  StartExperimentCommand,
} from "@aws-sdk/client-fis";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import {
  DeleteBucketCorsCommand,
  GetObjectTorrentCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  RestoreObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import type { Log } from "../../../local/log.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("Faults of calls that the cloud does not serve", () => {
  let cloud: Cloud;
  const entries: Parameters<Log>[0][] = [];
  beforeEach(async () => {
    entries.length = 0;
    cloud = await startCloud({ log: (entry) => entries.push(entry) });
  });
  afterEach(() => cloud.close());

  const settings = () => clientSettings(cloud.endpoint);
  const s3 = () => new S3Client({ ...settings(), forcePathStyle: true });

  async function setFaults(...rules: object[]): Promise<void> {
    const set = await fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
      method: "POST",
      body: JSON.stringify(rules),
    });
    expect(set.status).to.equal(200);
  }

  /** A request as an SDK signs it, without one. */
  function send(service: string, init: RequestInit & { path?: string } = {}): Promise<Response> {
    const credential = `test/20260101/us-east-1/${service}/aws4_request`;
    return fetch(cloud.endpoint + (init.path ?? "/"), {
      method: "POST",
      ...init,
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
        ...(init.headers as Record<string, string>),
      },
    });
  }

  async function startOutage(parameters: Record<string, string>): Promise<void> {
    const fis = new FisClient(settings());
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({
        ...{ clientToken: crypto.randomUUID(), description: "x", stopConditions: [] },
        roleArn: "arn:aws:iam::000000000000:role/r",
        actions: { a: { actionId: "localstack:generic:api-error", parameters } },
      }),
    );
    await fis.send(
      new StartExperimentCommand({
        clientToken: crypto.randomUUID(),
        experimentTemplateId: experimentTemplate?.id,
      }),
    );
  }

  it("fails an operation that its service does not have here", async () => {
    await startOutage({
      ...{ service: "kms", operation: "ListKeys" },
      ...{ exception: "SomeException", errorCode: "400" },
    });
    const failure = await failureOf(new KMSClient(settings()).send(new ListKeysCommand({})));
    expect(failure.name).to.equal("SomeException");
    expect(failure.$metadata?.httpStatusCode).to.equal(400);
    expect(entries.filter(({ event }) => event === "fault-fired")).to.have.length(1);
    expect(entries.filter(({ event }) => event === "unknown-operation")).to.have.length(0);
  });

  it("fails operations of S3, each by its name", async () => {
    const error = { statusCode: 503, code: "SlowDown" };
    await setFaults({ service: "s3", operation: "PutBucketCors", error });
    const CORSConfiguration = { CORSRules: [] };
    const put = await failureOf(
      s3().send(new PutBucketCorsCommand({ Bucket: "bucket", CORSConfiguration })),
    );
    expect(put.name).to.equal("SlowDown");
    expect(put.$metadata?.httpStatusCode).to.equal(503);
    for (const call of [
      () => s3().send(new GetObjectTorrentCommand({ Bucket: "bucket", Key: "a/b" })),
      () => s3().send(new DeleteBucketCorsCommand({ Bucket: "bucket" })),
      () => s3().send(new RestoreObjectCommand({ Bucket: "bucket", Key: "a/b" })),
    ]) {
      const other = await failureOf(call());
      expect(other.name).to.equal("NotImplemented");
    }
  });

  it("fails HEAD requests, which have no body, by their status", async () => {
    await setFaults({ service: "s3", operation: "HeadBucket", error: { statusCode: 503 } });
    const failure = await failureOf(s3().send(new HeadBucketCommand({ Bucket: "bucket" })));
    expect(failure.$metadata?.httpStatusCode).to.equal(503);
  });

  it("writes the error in the form of EC2", async () => {
    await setFaults({ service: "ec2", error: { statusCode: 503, code: "RequestLimitExceeded" } });
    const answer = await send("ec2", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=DescribeInstances&Version=2016-11-15",
    });
    expect(answer.status).to.equal(503);
    expect(await answer.text()).to.match(
      /<Response><Errors><Error><Code>RequestLimitExceeded<\/Code><Message>.+<\/Message><\/Error><\/Errors><RequestID>.+<\/RequestID><\/Response>/,
    );
  });

  it("writes the error in the form of a service that speaks CBOR", async () => {
    await setFaults({ service: "elasticthing", operation: "DoIt", error: { code: "Down" } });
    const headers = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
    const path = "/service/ElasticThing/operation/DoIt";
    const answer = await send("elasticthing", { path, headers });
    expect(answer.status).to.equal(503);
    expect(answer.headers.get("smithy-protocol")).to.equal("rpc-v2-cbor");
    expect(Buffer.from(await answer.arrayBuffer()).toString("latin1")).to.include("Down");
  });

  it("fails every call for an empty rule, also an unsigned one of a known form", async () => {
    await setFaults({});
    const answers = [
      await send("eks", { method: "GET", path: "/clusters" }),
      await send("somethingnew", { method: "GET", path: "/what/ever" }),
      await fetch(cloud.endpoint, {
        method: "POST",
        headers: {
          "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
          "content-type": "application/x-amz-json-1.1",
        },
        body: "{}",
      }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([503, 503, 503]);
    expect((await fetch(`${cloud.endpoint}/favicon.ico`)).status).to.equal(403);
  });

  it("finds the operation of well-known REST services in the path", async () => {
    await setFaults({ service: "eks", operation: "DescribeCluster" });
    const statusOf = async (path: string) => (await send("eks", { method: "GET", path })).status;
    expect(await statusOf("/clusters/main")).to.equal(503);
    expect(await statusOf("/clusters")).to.equal(404);
  });

  it("delays a call before it is told that there is no such operation", async () => {
    await fetch(`${cloud.endpoint}/_localstack/chaos/effects`, {
      method: "POST",
      body: JSON.stringify({ latency: 30 }),
    });
    const failure = await failureOf(s3().send(new DeleteBucketCorsCommand({ Bucket: "bucket" })));
    expect(failure.name).to.equal("NotImplemented");
    expect(entries).to.deep.include.members([
      entries.find(({ event, delayMs }) => event === "fault-fired" && delayMs === 30),
    ]);
  });

  it("fails EC2's calls of the roles that an experiment targets, and no others", async () => {
    const trust = {
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    };
    const { Role } = await new IAMClient(settings()).send(
      new CreateRoleCommand({
        RoleName: "caller",
        AssumeRolePolicyDocument: JSON.stringify(trust),
      }),
    );
    const { Credentials } = await new STSClient(settings()).send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "session" }),
    );
    const fis = new FisClient(settings());
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({
        ...{ clientToken: crypto.randomUUID(), description: "x", stopConditions: [] },
        roleArn: "arn:aws:iam::000000000000:role/r",
        targets: {
          callers: {
            resourceType: "aws:iam:role",
            resourceArns: [Role?.Arn ?? ""],
            selectionMode: "ALL",
          },
        },
        actions: {
          a: {
            actionId: "aws:fis:inject-api-unavailable-error",
            parameters: {
              ...{ duration: "PT1M", service: "ec2" },
              ...{ operations: "DescribeInstances", percentage: "100" },
            },
            targets: { Roles: "callers" },
          },
        },
      }),
    );
    await fis.send(
      new StartExperimentCommand({
        clientToken: crypto.randomUUID(),
        experimentTemplateId: experimentTemplate?.id,
      }),
    );
    const describe = async (key: string, operation: string) => {
      const credential = `${key}/20260101/us-east-1/ec2/aws4_request`;
      const answer = await fetch(cloud.endpoint, {
        method: "POST",
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: `Action=${operation}&Version=2016-11-15`,
      });
      return /<Code>(\w+)/.exec(await answer.text())?.[1];
    };
    const key = Credentials?.AccessKeyId ?? "";
    expect(await describe(key, "DescribeInstances")).to.equal("Unavailable");
    expect(await describe(key, "DescribeVpcs")).to.equal("InvalidAction");
    expect(await describe("test", "DescribeInstances")).to.equal("InvalidAction");
  });
});
