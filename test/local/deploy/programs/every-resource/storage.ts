import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A bucket with every setting, and one as version 6 of the provider has it. */
export function declareStorage(
  queue: aws.sqs.Queue,
  child: pulumi.CustomResourceOptions,
): Record<string, pulumi.CustomResource> {
  const bucket = new aws.s3.Bucket(
    "Files",
    { forceDestroy: true, tags: { kind: "bucket" } },
    child,
  );
  const older = new aws.s3.BucketV2(
    "older",
    {
      bucketPrefix: "older-",
    },
    child,
  );
  const of = { bucket: bucket.id };
  const ofOlder = { bucket: older.id };
  const ownership = new aws.s3.BucketOwnershipControls(
    "ownership",
    { ...of, rule: { objectOwnership: "BucketOwnerPreferred" } },
    child,
  );
  const open = new aws.s3.BucketPublicAccessBlock("open", { ...of, blockPublicAcls: false }, child);
  const ofOlderOwnership = new aws.s3.BucketOwnershipControls(
    "older-ownership",
    { ...ofOlder, rule: { objectOwnership: "ObjectWriter" } },
    child,
  );
  const afterBoth = { ...child, dependsOn: [ownership, open, ofOlderOwnership] };
  const encryption = {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  };
  const website = { indexDocument: { suffix: "index.html" }, errorDocument: { key: "error.html" } };
  const versioning = { versioningConfiguration: { status: "Suspended" } };
  const object = new aws.s3.BucketObject(
    "hello.txt",
    {
      ...of,
      source: new pulumi.asset.StringAsset("hello"),
      contentType: "text/plain",
      metadata: { colour: "blue" },
    },
    child,
  );
  const queueMayBeTold = new aws.sqs.QueuePolicy(
    "told-policy",
    {
      queueUrl: queue.id,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "s3.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queue.arn,
            Condition: { ArnEquals: { "aws:SourceArn": bucket.arn } },
          },
        ],
      },
    },
    child,
  );
  return {
    bucket,
    object,
    acl: new aws.s3.BucketAcl("acl", { ...of, acl: "public-read" }, afterBoth),
    aclV2: new aws.s3.BucketAclV2("acl-v2", { ...ofOlder, acl: "private" }, afterBoth),
    encryption: new aws.s3.BucketServerSideEncryptionConfiguration(
      "encryption",
      { ...of, ...encryption },
      child,
    ),
    encryptionV2: new aws.s3.BucketServerSideEncryptionConfigurationV2(
      "encryption-v2",
      { ...ofOlder, ...encryption },
      child,
    ),
    versioning: new aws.s3.BucketVersioning("versioning", { ...of, ...versioning }, child),
    versioningV2: new aws.s3.BucketVersioningV2(
      "versioning-v2",
      { ...ofOlder, ...versioning },
      child,
    ),
    website: new aws.s3.BucketWebsiteConfiguration("website", { ...of, ...website }, child),
    websiteV2: new aws.s3.BucketWebsiteConfigurationV2(
      "website-v2",
      { ...ofOlder, ...website },
      child,
    ),
    bucketPolicy: new aws.s3.BucketPolicy(
      "bucket-policy",
      {
        ...of,
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "s3:DeleteObject",
              Resource: pulumi.interpolate`${bucket.arn}/*`,
            },
          ],
        },
      },
      child,
    ),
    objectV2: new aws.s3.BucketObjectv2(
      "base64",
      { ...of, key: "folder/bytes", contentBase64: "AAEC" },
      child,
    ),
    copy: new aws.s3.ObjectCopy(
      "copy",
      { ...of, key: "copy.txt", source: pulumi.interpolate`${bucket.id}/${object.key}` },
      child,
    ),
    notification: new aws.s3.BucketNotification(
      "notification",
      {
        ...of,
        queues: [{ queueArn: queue.arn, events: ["s3:ObjectCreated:*"], filterPrefix: "folder/" }],
      },
      { ...child, dependsOn: queueMayBeTold },
    ),
  };
}
