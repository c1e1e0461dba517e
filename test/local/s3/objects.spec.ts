import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("S3 objects", () => {
  let cloud: Cloud;
  let s3: S3Client;
  let buckets = 0;
  before(async () => {
    cloud = await startCloud();
    s3 = new S3Client(clientSettings(cloud.endpoint));
  });
  after(async () => {
    s3.destroy();
    await cloud.close();
  });

  async function createBucket({ versioned = false } = {}): Promise<string> {
    const Bucket = `objects-${String(++buckets)}`;
    await s3.send(new CreateBucketCommand({ Bucket }));
    if (versioned)
      await s3.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
      );
    return Bucket;
  }

  async function textOf(input: GetObjectCommandInput): Promise<string | undefined> {
    const { Body } = await s3.send(new GetObjectCommand(input));
    return Body?.transformToString();
  }

  it("come back with their bytes, headers, metadata and tags", async () => {
    const Bucket = await createBucket();
    const Key = "a folder/ü + & <1>.txt";
    await s3.send(
      new PutObjectCommand({
        ...{ Bucket, Key, Body: "hello", ContentType: "text/plain", CacheControl: "no-cache" },
        ...{ Metadata: { colour: "blue" }, Tagging: "kind=greeting" },
      }),
    );
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
    expect(await got.Body?.transformToString()).to.equal("hello");
    expect(got).to.deep.include({
      ...{ ContentType: "text/plain", CacheControl: "no-cache", ContentLength: 5, TagCount: 1 },
      ...{ Metadata: { colour: "blue" }, ETag: '"5d41402abc4b2a76b9719d911017c592"' },
      ...{ ChecksumCRC32: "NhCmhg==", ServerSideEncryption: "AES256" },
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).to.deep.include({ ContentLength: 5, Metadata: { colour: "blue" } });
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
    expect(TagSet).to.deep.equal([{ Key: "kind", Value: "greeting" }]);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map((each) => each.Key)).to.deep.equal([Key]);
  });

  // Source of the values: the CRC catalogue's check values of "123456789".
  for (const [ChecksumAlgorithm, value] of [
    ["CRC32", "y/Q5Jg=="],
    ["CRC32C", "4waSgw=="],
    ["CRC64NVME", "rosUhgp5mIg="],
    ["SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE="],
    ["SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="],
  ] as const)
    it(`are kept with the checksum ${ChecksumAlgorithm} of what came`, async () => {
      const Bucket = await createBucket();
      const input = { Bucket, Key: "digits", Body: "123456789" };
      await s3.send(new PutObjectCommand({ ...input, ChecksumAlgorithm }));
      const { Checksum } = await s3.send(
        new GetObjectAttributesCommand({ Bucket, Key: "digits", ObjectAttributes: ["Checksum"] }),
      );
      expect(Checksum).to.include({ [`Checksum${ChecksumAlgorithm}`]: value });
      const wrong = { [`Checksum${ChecksumAlgorithm}`]: value.replace(/^./, "A") };
      const failure = await failureOf(s3.send(new PutObjectCommand({ ...input, ...wrong })));
      expect(failure.name).to.equal("BadDigest");
    });

  it("are read in part", async () => {
    const Bucket = await createBucket();
    const of = { Bucket, Key: "digits" };
    await s3.send(new PutObjectCommand({ ...of, Body: "0123456789" }));
    expect(await textOf({ ...of, Range: "bytes=2-4" })).to.equal("234");
    expect(await textOf({ ...of, Range: "bytes=7-" })).to.equal("789");
    expect(await textOf({ ...of, Range: "bytes=-2" })).to.equal("89");
    expect(await textOf({ ...of, Range: "bytes=8-99" })).to.equal("89");
    expect(await textOf({ ...of, Range: "lines=1-2" })).to.equal("0123456789");
    const part = await s3.send(new GetObjectCommand({ ...of, Range: "bytes=0-0" }));
    expect(part).to.include({ ContentRange: "bytes 0-0/10", ContentLength: 1 });
    const failure = await failureOf(textOf({ ...of, Range: "bytes=10-" }));
    expect(failure.name).to.equal("InvalidRange");
  });

  it("are written and read on conditions", async () => {
    const Bucket = await createBucket();
    const of = { Bucket, Key: "once" };
    const put = (input: object) => s3.send(new PutObjectCommand({ ...of, Body: "x", ...input }));
    expect((await failureOf(put({ IfMatch: '"none"' }))).name).to.equal("NoSuchKey");
    const { ETag } = await put({ IfNoneMatch: "*" });
    expect((await failureOf(put({ IfNoneMatch: "*" }))).name).to.equal("PreconditionFailed");
    expect((await failureOf(put({ IfMatch: '"none"' }))).name).to.equal("PreconditionFailed");
    await put({ IfMatch: ETag });
    const same = await failureOf(textOf({ ...of, IfNoneMatch: ETag }));
    expect(same.$metadata?.httpStatusCode).to.equal(304);
    expect((await failureOf(textOf({ ...of, IfMatch: '"none"' }))).name).to.equal(
      "PreconditionFailed",
    );
    const remove = new DeleteObjectCommand({ ...of, IfMatch: '"none"' });
    expect((await failureOf(s3.send(remove))).name).to.equal("PreconditionFailed");
  });

  it("keep their versions, and hide behind delete markers", async () => {
    const Bucket = await createBucket({ versioned: true });
    const of = { Bucket, Key: "draft" };
    const first = await s3.send(new PutObjectCommand({ ...of, Body: "one" }));
    await s3.send(new PutObjectCommand({ ...of, Body: "two" }));
    const marker = await s3.send(new DeleteObjectCommand(of));
    expect(marker.DeleteMarker).to.equal(true);
    expect((await failureOf(textOf(of))).name).to.equal("NoSuchKey");
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).to.equal(0);
    expect(await textOf({ ...of, VersionId: first.VersionId })).to.equal("one");
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(listed.Versions?.map(({ IsLatest }) => IsLatest)).to.deep.equal([false, false]);
    expect(listed.DeleteMarkers).to.have.length(1);
    await s3.send(new DeleteObjectCommand({ ...of, VersionId: marker.VersionId }));
    expect(await textOf(of)).to.equal("two");
  });

  it("are removed many at once, each answered for itself", async () => {
    const Bucket = await createBucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" }));
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: "a" }, { Key: "never-there" }, { Key: "b", ETag: '"x"' }] },
      }),
    );
    expect(Deleted?.map(({ Key }) => Key)).to.deep.equal(["a", "never-there"]);
    expect(Errors?.map(({ Code }) => Code)).to.deep.equal(["NoSuchKey"]);
  });

  it("are copied with their metadata, or with others", async () => {
    const Bucket = await createBucket();
    const from = { Bucket, Key: "from +ü" };
    await s3.send(new PutObjectCommand({ ...from, Body: "copy me", Metadata: { a: "1" } }));
    const CopySource = `${Bucket}/${encodeURIComponent(from.Key)}`;
    await s3.send(new CopyObjectCommand({ Bucket, Key: "kept", CopySource }));
    await s3.send(
      new CopyObjectCommand({
        ...{ Bucket, Key: "other", CopySource },
        ...{ MetadataDirective: "REPLACE", Metadata: { b: "2" } },
      }),
    );
    expect(await textOf({ Bucket, Key: "kept" })).to.equal("copy me");
    const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect((await head("kept")).Metadata).to.deep.equal({ a: "1" });
    expect((await head("other")).Metadata).to.deep.equal({ b: "2" });
    const onto = new CopyObjectCommand({ ...from, CopySource });
    expect((await failureOf(s3.send(onto))).name).to.equal("InvalidRequest");
  });

  it("refuse by name what is not emulated", async () => {
    const Bucket = await createBucket();
    for (const input of [
      { ServerSideEncryption: "aws:kms" },
      { StorageClass: "GLACIER" },
      { ObjectLockMode: "GOVERNANCE" },
      { GrantRead: "id=x" },
    ] as const) {
      const put = new PutObjectCommand({ Bucket, Key: "k", Body: "x", ...input });
      const failure = await failureOf(s3.send(put));
      expect(failure.name).to.equal("NotImplemented");
      expect(failure.message).to.include(Object.keys(input)[0]).and.include("not supported here");
    }
  });

  it("are found by every form of address", async () => {
    const Bucket = await createBucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "here" }));
    const { port } = cloud;
    const { request } = await import("node:http");
    const read = (host: string, path: string) =>
      new Promise<string>((resolve, reject) => {
        const authorization =
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
        const settings = { port, path, host: "127.0.0.1", headers: { host, authorization } };
        request(settings, (response) => {
          let text = "";
          response.on("data", (chunk) => (text += String(chunk)));
          response.on("end", () => {
            resolve(text);
          });
        })
          .on("error", reject)
          .end();
      });
    for (const host of [
      `${Bucket}.s3.amazonaws.com`,
      `${Bucket}.s3.us-east-1.amazonaws.com`,
      `${Bucket}.s3-us-west-2.amazonaws.com`,
      `${Bucket}.s3.localhost.localstack.cloud:${String(port)}`,
      `${Bucket}.localhost:${String(port)}`,
    ])
      expect(await read(host, "/k"), host).to.equal("here");
    for (const host of ["s3.amazonaws.com", "s3.localhost.localstack.cloud", "localhost"])
      expect(await read(host, `/${Bucket}/k`), host).to.equal("here");
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).to.include(Bucket);
  });
});
