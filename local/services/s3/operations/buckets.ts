import type {
  CreateBucketRequest,
  GetBucketLocationRequest,
  ListBucketsRequest,
} from "@aws-sdk/client-s3";
import { AwsError } from "../../../wire/aws-error.ts";
import { escapeXml } from "../../../wire/xml.ts";
import { ownerOf } from "../acl.ts";
import { checkBucketName } from "../bucket-name.ts";
import { readOwnership } from "../bucket-settings.ts";
import { accessDenied, invalidRequest } from "../errors.ts";
import { readAcl } from "../object-settings.ts";
import { RawAnswer, type S3Operation } from "../s3-operation.ts";
import { readBucketTags } from "../tags.ts";

interface BucketInput {
  readonly Bucket: string;
}

/** Source: S3 API reference, CreateBucket. */
export const createBucket: S3Operation<CreateBucketRequest & BucketInput> = (
  input,
  { store, call },
) => {
  const { Bucket: name, CreateBucketConfiguration: configuration } = input;
  checkBucketName(name);
  const region = regionOf(configuration?.LocationConstraint, call.region);
  const tags = readBucketTags(configuration?.Tags);
  const ownership =
    input.ObjectOwnership === undefined ? undefined : readOwnership(input.ObjectOwnership);
  const known = store.find(name);
  if (known) {
    // Only in us-east-1 an owner may ask again. Source: S3 API reference, "List of error codes".
    if (known.region === "us-east-1" && region === "us-east-1")
      return { Location: `/${name}`, BucketArn: known.arn };
    throw new AwsError(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
      409,
      { BucketName: name },
    );
  }
  if (
    input.ACL !== undefined &&
    input.ACL !== "private" &&
    (ownership ?? "BucketOwnerEnforced") === "BucketOwnerEnforced"
  )
    throw new AwsError(
      "InvalidBucketAclWithObjectOwnership",
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  // Every new bucket blocks public ACLs. Source: S3 User Guide, "Blocking public access".
  if (input.ACL?.startsWith("public-"))
    throw accessDenied("Public ACLs are blocked by the BlockPublicAcls setting of a new bucket.");
  const bucket = store.create(name, region);
  bucket.tags = tags;
  if (ownership) bucket.ownership = ownership;
  if (input.ACL !== undefined && input.ACL !== "private") bucket.acl = readAcl(input.ACL, bucket);
  return {
    Location: region === "us-east-1" ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
    BucketArn: bucket.arn,
  };
};

/** Source: S3 API reference, CreateBucket, LocationConstraint. */
function regionOf(constraint: string | undefined, region: string): string {
  const wanted = constraint === "EU" ? "eu-west-1" : constraint;
  if (wanted === undefined || wanted === "") {
    if (region === "us-east-1") return region;
    throw new AwsError(
      "IllegalLocationConstraintException",
      "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
    );
  }
  if (wanted === "us-east-1")
    throw new AwsError(
      "InvalidLocationConstraint",
      "The specified location-constraint is not valid",
    );
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(wanted))
    throw new AwsError(
      "InvalidLocationConstraint",
      "The specified location-constraint is not valid",
    );
  if (region !== "us-east-1" && region !== wanted)
    throw new AwsError(
      "IllegalLocationConstraintException",
      `The ${wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  return wanted;
}

export const headBucket: S3Operation<BucketInput> = (input, { store }) => {
  const { region, arn } = store.get(input.Bucket);
  return { BucketRegion: region, BucketArn: arn };
};

export const deleteBucket: S3Operation<BucketInput> = (input, { store }) => {
  store.remove(store.get(input.Bucket));
  return {};
};

const maxBuckets = 10_000;

/** Source: S3 API reference, ListBuckets. */
export const listBuckets: S3Operation<ListBucketsRequest> = (input, { store, accountId }) => {
  const { Prefix = "", BucketRegion, ContinuationToken, MaxBuckets = maxBuckets } = input;
  if (MaxBuckets < 1 || MaxBuckets > maxBuckets)
    throw invalidRequest("max-buckets must be between 1 and 10000.");
  const after = Buffer.from(ContinuationToken ?? "", "base64").toString("utf8");
  const left = store.all().filter(({ name, region }) => {
    const isOfRegion = BucketRegion === undefined || region === BucketRegion;
    return name > after && name.startsWith(Prefix) && isOfRegion;
  });
  const shown = left.slice(0, MaxBuckets);
  return {
    Buckets: shown.map(({ name, createdAt, region, arn }) => ({
      Name: name,
      CreationDate: createdAt,
      BucketRegion: region,
      BucketArn: arn,
    })),
    Owner: ownerOf(accountId),
    Prefix: input.Prefix,
    ContinuationToken:
      left.length > shown.length
        ? Buffer.from(shown.at(-1)?.name ?? "").toString("base64")
        : undefined,
  };
};

/** The answer is the region alone, and nothing for the oldest one. */
export const getBucketLocation: S3Operation<GetBucketLocationRequest & BucketInput> = (
  input,
  { store },
) => {
  const { region } = store.get(input.Bucket);
  const text = region === "us-east-1" ? "" : escapeXml(region);
  return new RawAnswer({
    status: 200,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${text}</LocationConstraint>`,
  });
};
