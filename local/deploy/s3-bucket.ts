import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType } from "./resource-type.ts";
import { jsonText, tagList, tagMap } from "./schemas.ts";
import { encryptionRule, toEncryptionRule } from "./s3-encryption.ts";
import { websiteAddress } from "./website-address.ts";

/** A block is a list of one in the types of version 6. */
function block<Schema extends z.ZodType>(schema: Schema) {
  return z
    .union([schema, z.array(schema).max(1)])
    .transform((given) => (Array.isArray(given) ? given[0] : given))
    .optional();
}

/** S3's own rule for a bucket's hosted zone is the region's, which is told for this one alone. */
const hostedZoneId = "Z3AQBSTGFYJSTF";

/** A bucket, with the settings that version 6 of the provider had as its inputs. */
export const bucket = resourceType(
  z.strictObject({
    bucket: z.string().optional(),
    bucketPrefix: z.string().optional(),
    acl: z.string().optional(),
    /** Matters to deletion only. */
    forceDestroy: z.boolean().optional(),
    objectLockEnabled: z.literal(false).optional(),
    policy: jsonText.optional(),
    requestPayer: z.literal("BucketOwner").optional(),
    serverSideEncryptionConfiguration: block(
      z.strictObject({
        rule: encryptionRule.optional(),
        rules: z.array(encryptionRule).optional(),
      }),
    ),
    versioning: block(
      z.strictObject({ enabled: z.boolean().optional(), mfaDelete: z.literal(false).optional() }),
    ),
    website: block(
      z.strictObject({
        indexDocument: z.string(),
        errorDocument: z.string().optional(),
      }),
    ),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const client = provider.client(S3Client, region);
    // The real provider makes a name of the logical one in small letters.
    const Bucket = physicalName(name.toLowerCase(), {
      name: inputs.bucket,
      namePrefix: inputs.bucketPrefix,
    });
    await client.send(
      new CreateBucketCommand({
        Bucket,
        ...(region !== "us-east-1" && {
          CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" },
        }),
      }),
    );
    const { acl, policy, versioning, website, serverSideEncryptionConfiguration: sse } = inputs;
    const tagsAll = provider.tagsAll(inputs.tags);
    const TagSet = tagList(tagsAll);
    if (TagSet) await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    if (acl !== undefined && acl !== "private")
      await client.send(new PutBucketAclCommand({ Bucket, ACL: acl as "public-read" }));
    if (versioning?.enabled)
      await client.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
      );
    const rules = sse?.rules ?? (sse?.rule ? [sse.rule] : undefined);
    if (rules)
      await client.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules: rules.map(toEncryptionRule) },
        }),
      );
    if (website)
      await client.send(
        new PutBucketWebsiteCommand({
          Bucket,
          WebsiteConfiguration: {
            IndexDocument: { Suffix: website.indexDocument },
            ErrorDocument: website.errorDocument ? { Key: website.errorDocument } : undefined,
          },
        }),
      );
    if (policy !== undefined)
      await client.send(new PutBucketPolicyCommand({ Bucket, Policy: policy }));
    return {
      id: Bucket,
      state: {
        bucket: Bucket,
        arn: `arn:aws:s3:::${Bucket}`,
        acl: acl ?? "private",
        bucketDomainName: `${Bucket}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
        bucketRegion: region,
        ...(region === "us-east-1" && { hostedZoneId }),
        ...(website && websiteAddress(Bucket, region)),
        tagsAll,
      },
    };
  },
);
