import type { ServerSideEncryptionRule } from "@aws-sdk/client-s3";
import { z } from "zod";

export const encryptionRule = z.strictObject({
  applyServerSideEncryptionByDefault: z
    .strictObject({ sseAlgorithm: z.string(), kmsMasterKeyId: z.string().optional() })
    .optional(),
  bucketKeyEnabled: z.boolean().optional(),
});

export function toEncryptionRule(rule: z.infer<typeof encryptionRule>): ServerSideEncryptionRule {
  const byDefault = rule.applyServerSideEncryptionByDefault;
  return {
    BucketKeyEnabled: rule.bucketKeyEnabled,
    ApplyServerSideEncryptionByDefault: byDefault && {
      SSEAlgorithm: byDefault.sseAlgorithm as "AES256",
      KMSMasterKeyID: byDefault.kmsMasterKeyId,
    },
  };
}
