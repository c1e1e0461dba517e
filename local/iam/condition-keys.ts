import { type PolicyDocument, toList } from "./policy-document.ts";

/**
 * Condition keys, in lower case, that `createAuthorize` gives a value, and those that a role's own
 * call does not have on AWS either; a `/` ends a prefix.
 */
const known = [
  "aws:currenttime",
  "aws:epochtime",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principaltag/",
  "aws:principaltype",
  "aws:principalisawsservice",
  "aws:viaawsservice",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceowner",
  "aws:requestedregion",
  "aws:resourceaccount",
  "aws:resourcetag/",
  "aws:securetransport",
  "aws:sourceip",
  "aws:useragent",
  "aws:userid",
  "iam:passedtoservice",
  "lambda:functionurlauthtype",
  "lambda:invokedviafunctionurl",
  "s3:delimiter",
  "s3:max-keys",
  "s3:prefix",
  "s3:versionid",
  "s3:x-amz-acl",
  "s3:x-amz-copy-source",
  "s3:x-amz-server-side-encryption",
  "s3:x-amz-storage-class",
];

/** Condition keys of a policy that the embedded cloud cannot give a value, as written. */
export function unknownConditionKeys(policy: PolicyDocument): string[] {
  const keys = toList(policy.Statement).flatMap(({ Condition = {} }) =>
    Object.values(Condition).flatMap((byKey) => Object.keys(byKey)),
  );
  return [...new Set(keys)].filter((key) => {
    const lower = key.toLowerCase();
    return !known.some((each) => (each.endsWith("/") ? lower.startsWith(each) : lower === each));
  });
}
