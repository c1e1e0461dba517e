import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type CloudProcess, startCloudProcess } from "../../e2e/support/start-cloud-process.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { type HealthPoller, pollHealth } from "../gateway/support/health-poller.ts";

/** More than a stall may be, as the machine may be busy with other things. */
const longestMs = 1_000;
const megabyte = 1024 * 1024;

describe("Large objects of S3", function () {
  this.timeout(120_000);
  let cloud: CloudProcess;
  let poller: HealthPoller;
  let s3: S3Client;
  before(async () => {
    cloud = await startCloudProcess(["--no-deploy"]);
    poller = pollHealth(cloud.endpoint);
    s3 = new S3Client({ ...clientSettings(cloud.endpoint), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "large" }));
  });
  after(async () => {
    s3.destroy();
    await poller.close();
    await cloud.kill();
  });

  async function waitDuring(work: () => Promise<unknown>): Promise<number> {
    await poller.longest();
    await work();
    return poller.longest();
  }

  for (const ChecksumAlgorithm of ["CRC64NVME", "CRC32C", "SHA256"] as const)
    it(`keep nobody waiting for their ${ChecksumAlgorithm}`, async () => {
      const input = { Bucket: "large", Key: ChecksumAlgorithm, ChecksumAlgorithm };
      const Body = Buffer.alloc(60 * megabyte, ChecksumAlgorithm);
      const ms = await waitDuring(() => s3.send(new PutObjectCommand({ ...input, Body })));
      if (process.env["SHOW_WAITS"]) console.log(`${ChecksumAlgorithm}: ${ms.toFixed(0)} ms`);
      expect(ms).to.be.below(longestMs);
    });

  it("keep nobody waiting while their parts are put together and copied", async () => {
    const input = { Bucket: "large", Key: "parts" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(input));
    const Body = Buffer.alloc(50 * megabyte, "part");
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (const PartNumber of [1, 2, 3]) {
      const part = await s3.send(new UploadPartCommand({ ...input, UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag: part.ETag });
    }
    const MultipartUpload = { Parts };
    const ms = await waitDuring(async () => {
      await s3.send(new CompleteMultipartUploadCommand({ ...input, UploadId, MultipartUpload }));
      await s3.send(
        new CopyObjectCommand({ Bucket: "large", Key: "copy", CopySource: "large/parts" }),
      );
    });
    if (process.env["SHOW_WAITS"]) console.log(`parts: ${ms.toFixed(0)} ms`);
    expect(ms).to.be.below(longestMs);
  });
});
