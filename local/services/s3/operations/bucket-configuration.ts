import type {
  PutBucketAclRequest,
  PutBucketEncryptionRequest,
  PutBucketOwnershipControlsRequest,
  PutBucketTaggingRequest,
  PutBucketVersioningRequest,
  PutBucketWebsiteRequest,
  PutPublicAccessBlockRequest,
} from "@aws-sdk/client-s3";
import { AwsError } from "../../../wire/aws-error.ts";
import { aclOf } from "../acl.ts";
import {
  readEncryption,
  readOwnershipControls,
  readPublicAccessBlock,
} from "../bucket-settings.ts";
import { invalidArgument, malformedXml } from "../errors.ts";
import { readAcl } from "../object-settings.ts";
import type { S3Operation, S3Operations } from "../s3-operation.ts";
import { readBucketTags, tagSet } from "../tags.ts";

interface BucketInput {
  readonly Bucket: string;
}

type Run<Input> = S3Operation<Input & BucketInput>;

const putVersioning: Run<PutBucketVersioningRequest> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  const { Status } = input.VersioningConfiguration ?? {};
  if (Status !== "Enabled" && Status !== "Suspended")
    throw new AwsError(
      "IllegalVersioningConfigurationException",
      "The Versioning element must be specified",
    );
  bucket.versioning = Status;
  return {};
};

const putTagging: Run<PutBucketTaggingRequest> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  if (!input.Tagging) throw malformedXml();
  bucket.tags = readBucketTags(input.Tagging.TagSet);
  return {};
};

const putPublicAccessBlock: Run<PutPublicAccessBlockRequest> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  bucket.publicAccessBlock = readPublicAccessBlock(
    input.PublicAccessBlockConfiguration as Parameters<typeof readPublicAccessBlock>[0],
  );
  return {};
};

const putOwnership: Run<PutBucketOwnershipControlsRequest> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  const ownership = readOwnershipControls(input.OwnershipControls);
  if (ownership === "BucketOwnerEnforced" && bucket.acl !== "private")
    throw new AwsError(
      "InvalidBucketAclWithObjectOwnership",
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  bucket.ownership = ownership;
  return {};
};

const putEncryption: Run<PutBucketEncryptionRequest> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  bucket.bucketKeyEnabled = readEncryption(input.ServerSideEncryptionConfiguration);
  return {};
};

const putAcl: Run<PutBucketAclRequest> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  if (input.ACL === undefined) throw malformedXml("The request must name a canned ACL.");
  bucket.acl = readAcl(input.ACL, bucket);
  return {};
};

const putWebsite: Run<PutBucketWebsiteRequest> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  const { IndexDocument, ErrorDocument } = input.WebsiteConfiguration ?? {};
  const suffix = IndexDocument?.Suffix;
  if (suffix === undefined || suffix === "" || suffix.includes("/"))
    throw invalidArgument(
      "The IndexDocument Suffix is not well formed",
      "IndexDocument",
      suffix ?? "",
    );
  bucket.website = { indexSuffix: suffix, errorKey: ErrorDocument?.Key };
  return {};
};

/** Settings of buckets, each read, written and removed on its own. Source: S3 API reference. */
export const bucketConfigurationOperations = {
  GetBucketVersioning: ((input, { store }) => ({
    Status: store.get(input.Bucket).versioning,
  })) satisfies Run<BucketInput>,
  PutBucketVersioning: putVersioning,

  GetBucketTagging: ((input, { store }) => {
    const { tags } = store.get(input.Bucket);
    if (tags.size === 0) throw absent("NoSuchTagSet", "The TagSet does not exist", input);
    return { TagSet: tagSet(tags) };
  }) satisfies Run<BucketInput>,
  PutBucketTagging: putTagging,
  DeleteBucketTagging: ((input, { store }) => {
    store.get(input.Bucket).tags = new Map();
    return {};
  }) satisfies Run<BucketInput>,

  GetPublicAccessBlock: ((input, { store }) => {
    const { publicAccessBlock } = store.get(input.Bucket);
    if (!publicAccessBlock)
      throw absent(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found",
        input,
      );
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  }) satisfies Run<BucketInput>,
  PutPublicAccessBlock: putPublicAccessBlock,
  DeletePublicAccessBlock: ((input, { store }) => {
    store.get(input.Bucket).publicAccessBlock = undefined;
    return {};
  }) satisfies Run<BucketInput>,

  GetBucketOwnershipControls: ((input, { store }) => {
    const { ownership } = store.get(input.Bucket);
    if (!ownership)
      throw absent(
        "OwnershipControlsNotFoundError",
        "The bucket ownership controls were not found",
        input,
      );
    return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
  }) satisfies Run<BucketInput>,
  PutBucketOwnershipControls: putOwnership,
  DeleteBucketOwnershipControls: ((input, { store }) => {
    store.get(input.Bucket).ownership = undefined;
    return {};
  }) satisfies Run<BucketInput>,

  GetBucketEncryption: ((input, { store }) => ({
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
          BucketKeyEnabled: store.get(input.Bucket).bucketKeyEnabled,
        },
      ],
    },
  })) satisfies Run<BucketInput>,
  PutBucketEncryption: putEncryption,
  // Every bucket has one, to which this goes back.
  DeleteBucketEncryption: ((input, { store }) => {
    store.get(input.Bucket).bucketKeyEnabled = false;
    return {};
  }) satisfies Run<BucketInput>,

  GetBucketAcl: ((input, { store, accountId }) =>
    aclOf(store.get(input.Bucket).acl, accountId)) satisfies Run<BucketInput>,
  PutBucketAcl: putAcl,

  GetBucketWebsite: ((input, { store }) => {
    const { website } = store.get(input.Bucket);
    if (!website)
      throw absent(
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration",
        input,
      );
    return {
      IndexDocument: { Suffix: website.indexSuffix },
      ErrorDocument: website.errorKey === undefined ? undefined : { Key: website.errorKey },
    };
  }) satisfies Run<BucketInput>,
  PutBucketWebsite: putWebsite,
  DeleteBucketWebsite: ((input, { store }) => {
    store.get(input.Bucket).website = undefined;
    return {};
  }) satisfies Run<BucketInput>,
} as const satisfies S3Operations;

/** The answer of a setting that a bucket does not have. */
export function absent(code: string, message: string, { Bucket }: BucketInput): AwsError {
  return new AwsError(code, message, 404, { BucketName: Bucket });
}
