import {
  GetBucketNotificationConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { clientSettings } from "../../support/client-settings.ts";

/** What the buckets of the program have been given. @param output of a resource, by its name */
export async function expectBuckets(
  settings: ReturnType<typeof clientSettings>,
  output: (resource: string, name: string) => string,
): Promise<void> {
  const client = new S3Client(settings);
  const Bucket = output("bucket", "id");
  expect(Bucket).to.match(/^files-[0-9a-f]{7}$/);
  expect(output("bucket", "bucketRegionalDomainName")).to.equal(
    `${Bucket}.s3.eu-central-1.amazonaws.com`,
  );
  expect(output("website", "websiteEndpoint")).to.equal(
    `${Bucket}.s3-website.eu-central-1.amazonaws.com`,
  );
  const object = await client.send(new GetObjectCommand({ Bucket, Key: "copy.txt" }));
  expect(await object.Body?.transformToString()).to.equal("hello");
  expect(object).to.deep.include({ ContentType: "text/plain", Metadata: { colour: "blue" } });
  const bytes = await client.send(new GetObjectCommand({ Bucket, Key: "folder/bytes" }));
  expect([...((await bytes.Body?.transformToByteArray()) ?? [])]).to.deep.equal([0, 1, 2]);
  const { TagSet } = await client.send(new GetBucketTaggingCommand({ Bucket }));
  expect(TagSet).to.have.deep.members([
    { Key: "stack", Value: "every-resource" },
    { Key: "kind", Value: "bucket" },
  ]);
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
  expect(Status).to.equal("Suspended");
  const told = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  expect(told.QueueConfigurations?.[0]?.Filter?.Key?.FilterRules).to.deep.equal([
    { Name: "prefix", Value: "folder/" },
  ]);
}
