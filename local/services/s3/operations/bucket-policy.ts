import type { PutBucketPolicyRequest } from "@aws-sdk/client-s3";
import { parsePolicy } from "../../../iam/parse-policy.ts";
import { type PolicyDocument, toList } from "../../../iam/policy-document.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { Bucket } from "../bucket.ts";
import { accessDenied } from "../errors.ts";
import { isPublicPolicy } from "../public-policy.ts";
import type { S3Operation, S3Operations } from "../s3-operation.ts";
import { absent } from "./bucket-configuration.ts";

interface BucketInput {
  readonly Bucket: string;
}

const maxPolicyBytes = 20 * 1024;

const putBucketPolicy: S3Operation<PutBucketPolicyRequest & BucketInput> = (input, { store }) => {
  const bucket = store.get(input.Bucket);
  const { Policy: text = "" } = input;
  const policy = readBucketPolicy(text, bucket);
  if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(policy))
    throw accessDenied(
      "Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
    );
  bucket.policy = text;
  return {};
};

/** Source: S3 API reference, PutBucketPolicy. @throws AwsError MalformedPolicy */
function readBucketPolicy(text: string, bucket: Bucket): PolicyDocument {
  if (Buffer.byteLength(text) > maxPolicyBytes)
    throw new AwsError("PolicyTooLarge", "Your policy exceeds the 20 KB limit.");
  const malformed = (message: string) => new AwsError("MalformedPolicy", message);
  let policy: PolicyDocument;
  try {
    policy = parsePolicy(text, "resource");
  } catch (error) {
    throw error instanceof AwsError ? malformed(error.message) : error;
  }
  for (const { Resource, NotResource } of toList(policy.Statement)) {
    const resources = toList(Resource ?? NotResource);
    if (resources.length === 0) throw malformed("Missing required field Resource");
    const isOwn = (arn: string) => arn === bucket.arn || arn.startsWith(`${bucket.arn}/`);
    if (!resources.every((arn) => isOwn(arn) || /[*?$]/.test(arn)))
      throw malformed("Policy has invalid resource");
  }
  return policy;
}

export const bucketPolicyOperations = {
  PutBucketPolicy: putBucketPolicy,
  GetBucketPolicy: ((input, { store }) => ({
    Policy: policyOf(store.get(input.Bucket)),
  })) satisfies S3Operation<BucketInput>,
  GetBucketPolicyStatus: ((input, { store }) => ({
    PolicyStatus: {
      IsPublic: isPublicPolicy(parsePolicy(policyOf(store.get(input.Bucket)), "resource")),
    },
  })) satisfies S3Operation<BucketInput>,
  DeleteBucketPolicy: ((input, { store }) => {
    store.get(input.Bucket).policy = undefined;
    return {};
  }) satisfies S3Operation<BucketInput>,
} as const satisfies S3Operations;

function policyOf({ name, policy }: Bucket): string {
  if (policy === undefined)
    throw absent("NoSuchBucketPolicy", "The bucket policy does not exist", { Bucket: name });
  return policy;
}
