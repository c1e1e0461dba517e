import { createHash } from "node:crypto";

/**
 * ARN of the key that AWS manages for a service and that the alias `alias/aws/<service>` names. It is
 * the same at every asking. Source: KMS Developer Guide, "AWS managed keys".
 */
export function awsManagedKeyArn(service: string, region: string, accountId: string): string {
  const hash = createHash("sha256").update(`${service} ${region} ${accountId}`).digest("hex");
  const id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
  return `arn:aws:kms:${region}:${accountId}:key/${id}`;
}
