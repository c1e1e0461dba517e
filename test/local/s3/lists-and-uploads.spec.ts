import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  ListPartsCommand,
  paginateListObjectsV2,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

const megabyte = 1024 * 1024;

describe("S3 lists and uploads in parts", () => {
  let cloud: Cloud;
  let s3: S3Client;
  before(async () => {
    cloud = await startCloud();
    s3 = new S3Client(clientSettings(cloud.endpoint));
  });
  after(async () => {
    s3.destroy();
    await cloud.close();
  });

  const put = (Bucket: string, Key: string) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));

  /** Keys and common prefixes of every page of a list. */
  async function pagesOf(Bucket: string, pageSize: number, query: object): Promise<string[][]> {
    const pages: string[][] = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize }, { Bucket, ...query }))
      pages.push([
        ...(page.Contents ?? []).map(({ Key = "" }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix),
      ]);
    return pages;
  }

  it("list keys by their bytes in UTF-8, in pages, folders once", async () => {
    const Bucket = "lists";
    await s3.send(new CreateBucketCommand({ Bucket }));
    const keys = ["a", "a/1", "a/2", "a/b/3", "a0", "b/", "b/x", "\u{1f600}", "\uffee"];
    for (const key of keys) await put(Bucket, key);
    const inOrder = ["a", "a/1", "a/2", "a/b/3", "a0", "b/", "b/x", "\uffee", "\u{1f600}"];
    for (const size of [1, 2, 4, 100])
      expect((await pagesOf(Bucket, size, {})).flat()).to.deep.equal(inOrder);
    const folders = await pagesOf(Bucket, 1, { Delimiter: "/" });
    expect(folders.flat()).to.deep.equal(["a", "a/", "a0", "b/", "\uffee", "\u{1f600}"]);
    const below = await pagesOf(Bucket, 2, { Delimiter: "/", Prefix: "a/" });
    expect(below).to.deep.equal([["a/1", "a/2"], ["a/b/"]]);
    expect((await pagesOf(Bucket, 9, { StartAfter: "a/b/3" })).flat()[0]).to.equal("a0");
    const encoded = await s3.send(
      new ListObjectsCommand({ Bucket, Prefix: "b/x", EncodingType: "url", MaxKeys: 1 }),
    );
    expect(encoded.Contents?.[0]?.Key).to.equal("b/x");
  });

  it("list versions in pages that begin in the middle of a key", async () => {
    const Bucket = "version-lists";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
    for (const key of ["one", "one", "one", "two", "two"]) await put(Bucket, key);
    const seen: string[] = [];
    let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (next) {
      const page: ListObjectVersionsCommandOutput = await s3.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...(next as object) }),
      );
      seen.push(
        ...(page.Versions ?? []).map(({ Key, VersionId }) => `${Key ?? ""} ${VersionId ?? ""}`),
      );
      next = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    expect(new Set(seen)).to.have.length(5);
    expect(seen.map((each) => each.slice(0, 3))).to.deep.equal(["one", "one", "one", "two", "two"]);
  });

  it("put parts together, in order and with their checksums", async () => {
    const of = { Bucket: "parts", Key: "large" };
    await s3.send(new CreateBucketCommand({ Bucket: of.Bucket }));
    await put(of.Bucket, "source");
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(of));
    const ofUpload = { ...of, UploadId };
    const first = await s3.send(
      new UploadPartCommand({ ...ofUpload, PartNumber: 1, Body: Buffer.alloc(5 * megabyte, "1") }),
    );
    const { CopyPartResult: second } = await s3.send(
      new UploadPartCopyCommand({ ...ofUpload, PartNumber: 2, CopySource: "parts/source" }),
    );
    const { Parts } = await s3.send(new ListPartsCommand(ofUpload));
    expect(Parts?.map(({ Size }) => Size)).to.deep.equal([5 * megabyte, 6]);
    const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket: of.Bucket }));
    expect(Uploads?.map((each) => each.UploadId)).to.deep.equal([UploadId]);
    const complete = (parts: readonly [number, string | undefined][]) =>
      s3.send(
        new CompleteMultipartUploadCommand({
          ...ofUpload,
          MultipartUpload: {
            Parts: parts.map(([PartNumber, ETag]) => ({ PartNumber, ETag })),
          },
        }),
      );
    const failures = [
      await failureOf(
        complete([
          [2, second?.ETag],
          [1, first.ETag],
        ]),
      ),
      await failureOf(complete([[1, '"wrong"']])),
      await failureOf(complete([[3, first.ETag]])),
    ];
    expect(failures.map(({ name }) => name)).to.deep.equal([
      ...["InvalidPartOrder", "InvalidPart", "InvalidPart"],
    ]);
    const { ETag } = await complete([
      [1, first.ETag],
      [2, second?.ETag],
    ]);
    expect(ETag).to.match(/^"[0-9a-f]{32}-2"$/);
    const part = await s3.send(new GetObjectCommand({ ...of, PartNumber: 2 }));
    expect(await part.Body?.transformToString()).to.equal("source");
    expect(part.PartsCount).to.equal(2);
    expect((await failureOf(complete([[1, first.ETag]]))).name).to.equal("NoSuchUpload");
  });

  it("give up an upload, and refuse parts that are too small", async () => {
    const of = { Bucket: "small-parts", Key: "k" };
    await s3.send(new CreateBucketCommand({ Bucket: of.Bucket }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(of));
    const part = (PartNumber: number) =>
      s3.send(new UploadPartCommand({ ...of, UploadId, PartNumber, Body: "small" }));
    const Parts = [
      { PartNumber: 1, ETag: (await part(1)).ETag },
      { PartNumber: 2, ETag: (await part(2)).ETag },
    ];
    const complete = new CompleteMultipartUploadCommand({
      ...of,
      UploadId,
      MultipartUpload: { Parts },
    });
    expect((await failureOf(s3.send(complete))).name).to.equal("EntityTooSmall");
    await s3.send(new AbortMultipartUploadCommand({ ...of, UploadId }));
    expect((await failureOf(s3.send(complete))).name).to.equal("NoSuchUpload");
  });
});
