import type { OwnershipControls, ServerSideEncryptionConfiguration } from "@aws-sdk/client-s3";
import type { ObjectOwnership, PublicAccessBlock } from "./bucket.ts";
import { checkEncryption } from "./object-settings.ts";
import { malformedXml, notServed } from "./errors.ts";

/** @throws AwsError MalformedXML */
export function readOwnership(ownership: string): ObjectOwnership {
  if (
    ownership === "BucketOwnerEnforced" ||
    ownership === "BucketOwnerPreferred" ||
    ownership === "ObjectWriter"
  )
    return ownership;
  throw malformedXml();
}

export function readOwnershipControls(given: OwnershipControls | undefined): ObjectOwnership {
  const [rule, ...others] = given?.Rules ?? [];
  if (!rule || others.length > 0) throw malformedXml();
  return readOwnership(String(rule.ObjectOwnership));
}

export function readPublicAccessBlock(
  given: Partial<PublicAccessBlock> | undefined,
): PublicAccessBlock {
  if (!given) throw malformedXml();
  return {
    BlockPublicAcls: given.BlockPublicAcls ?? false,
    IgnorePublicAcls: given.IgnorePublicAcls ?? false,
    BlockPublicPolicy: given.BlockPublicPolicy ?? false,
    RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
  };
}

/** Whether bucket keys are on, which is all that a configuration can change here. @throws AwsError */
export function readEncryption(given: ServerSideEncryptionConfiguration | undefined): boolean {
  const [rule, ...others] = given?.Rules ?? [];
  if (!rule || others.length > 0) throw malformedXml();
  const { SSEAlgorithm, KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
  checkEncryption(SSEAlgorithm);
  if (KMSMasterKeyID !== undefined) throw notServed("KMSMasterKeyID");
  return rule.BucketKeyEnabled ?? false;
}
