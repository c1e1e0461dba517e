import {
  type ObjectOwnership,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { resourceType } from "./resource-type.ts";
import { jsonText } from "./schemas.ts";
import { encryptionRule, toEncryptionRule } from "./s3-encryption.ts";
import { websiteAddress } from "./website-address.ts";

/** Each is one setting of a bucket, and has the bucket's name as its id. */

const bucketOwner = { bucket: z.string(), expectedBucketOwner: z.string().optional() };

export const bucketVersioning = resourceType(
  z.strictObject({
    ...bucketOwner,
    versioningConfiguration: z.strictObject({
      status: z.enum(["Enabled", "Suspended", "Disabled"]),
      mfaDelete: z.literal("Disabled").optional(),
    }),
  }),
  async (inputs, { provider, region }) => {
    const { bucket: Bucket, expectedBucketOwner: ExpectedBucketOwner } = inputs;
    const { status } = inputs.versioningConfiguration;
    // A bucket begins with it disabled, and cannot go back to that.
    if (status !== "Disabled")
      await provider.client(S3Client, region).send(
        new PutBucketVersioningCommand({
          ...{ Bucket, ExpectedBucketOwner },
          VersioningConfiguration: { Status: status },
        }),
      );
    return { id: Bucket, state: {} };
  },
);

export const bucketPolicy = resourceType(
  z.strictObject({ bucket: z.string(), policy: jsonText }),
  async ({ bucket: Bucket, policy: Policy }, { provider, region }) => {
    await provider.client(S3Client, region).send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return { id: Bucket, state: {} };
  },
);

export const bucketPublicAccess = resourceType(
  z.strictObject({
    bucket: z.string(),
    blockPublicAcls: z.boolean().default(false),
    blockPublicPolicy: z.boolean().default(false),
    ignorePublicAcls: z.boolean().default(false),
    restrictPublicBuckets: z.boolean().default(false),
    /** Matters to deletion only. */
    skipDestroy: z.boolean().optional(),
  }),
  async ({ bucket: Bucket, ...inputs }, { provider, region }) => {
    await provider.client(S3Client, region).send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: inputs.blockPublicAcls,
          BlockPublicPolicy: inputs.blockPublicPolicy,
          IgnorePublicAcls: inputs.ignorePublicAcls,
          RestrictPublicBuckets: inputs.restrictPublicBuckets,
        },
      }),
    );
    return { id: Bucket, state: inputs };
  },
);

export const bucketOwnership = resourceType(
  z.strictObject({
    bucket: z.string(),
    rule: z.strictObject({ objectOwnership: z.string() }),
  }),
  async ({ bucket: Bucket, rule }, { provider, region }) => {
    await provider.client(S3Client, region).send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: {
          Rules: [{ ObjectOwnership: rule.objectOwnership as ObjectOwnership }],
        },
      }),
    );
    return { id: Bucket, state: {} };
  },
);

export const bucketEncryption = resourceType(
  z.strictObject({ ...bucketOwner, rules: z.array(encryptionRule) }),
  async (inputs, { provider, region }) => {
    const { bucket: Bucket, expectedBucketOwner: ExpectedBucketOwner, rules } = inputs;
    await provider.client(S3Client, region).send(
      new PutBucketEncryptionCommand({
        ...{ Bucket, ExpectedBucketOwner },
        ServerSideEncryptionConfiguration: { Rules: rules.map(toEncryptionRule) },
      }),
    );
    return { id: Bucket, state: {} };
  },
);

export const bucketAcl = resourceType(
  z.strictObject({ ...bucketOwner, acl: z.string() }),
  async (inputs, { provider, region }) => {
    const { bucket: Bucket, expectedBucketOwner: ExpectedBucketOwner, acl } = inputs;
    await provider
      .client(S3Client, region)
      .send(new PutBucketAclCommand({ Bucket, ExpectedBucketOwner, ACL: acl as "private" }));
    return { id: `${Bucket},${acl}`, state: {} };
  },
);

export const bucketWebsite = resourceType(
  z.strictObject({
    ...bucketOwner,
    indexDocument: z.strictObject({ suffix: z.string() }),
    errorDocument: z.strictObject({ key: z.string() }).optional(),
  }),
  async (inputs, { provider, region }) => {
    const { bucket: Bucket, expectedBucketOwner: ExpectedBucketOwner } = inputs;
    await provider.client(S3Client, region).send(
      new PutBucketWebsiteCommand({
        ...{ Bucket, ExpectedBucketOwner },
        WebsiteConfiguration: {
          IndexDocument: { Suffix: inputs.indexDocument.suffix },
          ErrorDocument: inputs.errorDocument && { Key: inputs.errorDocument.key },
        },
      }),
    );
    return { id: Bucket, state: websiteAddress(Bucket, region) };
  },
);
