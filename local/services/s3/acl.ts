import { createHash } from "node:crypto";
import type { CannedAcl } from "./bucket.ts";

/** The account's owner as S3 shows it: a canonical user id, which is not the account's number. */
export function ownerOf(accountId: string): { ID: string } {
  return { ID: createHash("sha256").update(`canonical user of ${accountId}`).digest("hex") };
}

/** A canned ACL as the grants that it stands for. Source: S3 User Guide, "ACL overview". */
export function aclOf(acl: CannedAcl, accountId: string): { Owner: object; Grants: object[] } {
  const Owner = ownerOf(accountId);
  const grants = [{ Grantee: { Type: "CanonicalUser", ...Owner }, Permission: "FULL_CONTROL" }];
  const everyone = {
    Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" },
    Permission: "READ",
  };
  return { Owner, Grants: acl === "public-read" ? [...grants, everyone] : grants };
}
