import { actionsOfCall } from "../../iam/action-of-call.ts";
import { contextOf } from "../../iam/condition-context.ts";
import { evaluate } from "../../iam/evaluate.ts";
import { readResourcePolicy } from "../../iam/read-resource-policy.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Bucket } from "./bucket.ts";
import type { BucketStore } from "./bucket-store.ts";
import { accessDenied } from "./errors.ts";

/** Who may what, beyond what the gateway has already asked about a signed call. */
export interface S3Access {
  /** Throws AccessDenied for a request without a signature that the bucket is not open to. */
  checkAnonymous(call: AwsCall): void;
  /** Whether the caller may list a bucket, and so may know which keys are not there. */
  mayList(call: AwsCall, bucket: Bucket): boolean;
  /** Throws AccessDenied unless the caller may do this to a key, as one of many in a call. */
  checkKey(call: AwsCall, operation: string, bucket: Bucket, key: string, versionId?: string): void;
}

/** @param authorize what the gateway asks about every signed call */
export function createS3Access(store: BucketStore, authorize: (call: AwsCall) => void): S3Access {
  const checkAnonymous = (call: AwsCall): void => {
    if (!isAnonymous(call)) return;
    for (const { action, resource } of actionsOfCall(call) ?? [{ action: "s3:*", resource: "*" }])
      if (!isOpen(store, action, resource)) throw accessDenied();
  };
  const check = (call: AwsCall): void => {
    authorize(call);
    checkAnonymous(call);
  };
  return {
    checkAnonymous,
    mayList(call, bucket) {
      try {
        check(callOf(call, "ListObjectsV2", "GET", `/${bucket.name}`));
        return true;
      } catch (error) {
        if (error instanceof AwsError) return false;
        throw error;
      }
    },
    checkKey(call, operation, bucket, key, versionId) {
      const path = `/${bucket.name}/${key.split("/").map(encodeURIComponent).join("/")}`;
      check(callOf(call, operation, "DELETE", path, versionId));
    },
  };
}

/** A request over HTTP that nobody signed. */
export function isAnonymous({ accessKeyId, roleArn, request }: AwsCall): boolean {
  return accessKeyId === undefined && roleArn === undefined && request.rawHeaders !== undefined;
}

/** The same caller's call of another operation, by its path alone. */
function callOf(
  call: AwsCall,
  operation: string,
  method: string,
  path: string,
  versionId?: string,
): AwsCall {
  const query = new URLSearchParams(versionId === undefined ? {} : { versionId });
  const headers = { ...call.request.headers, host: "localhost" };
  return { ...call, operation, request: { ...call.request, method, path, query, headers } };
}

/** Whether everyone may: by the bucket's policy, or by the ACL of the object or bucket. */
function isOpen(store: BucketStore, action: string, resource: string): boolean {
  const [, bucketName = "", key] = /^arn:aws:s3:::([^/]+)(?:\/([^]+))?$/.exec(resource) ?? [];
  const bucket = store.find(bucketName);
  if (!bucket) return true;
  const { policy, publicAccessBlock: block } = bucket;
  const decision = evaluate({
    ...{ action, resource, identityPolicies: [] },
    context: contextOf({ "aws:SecureTransport": "true", "aws:SourceIp": "127.0.0.1" }),
    resourcePolicies: policy === undefined ? [] : [readResourcePolicy(policy).document],
  });
  if (decision === "explicit-deny") return false;
  if (decision === "allow" && !block?.RestrictPublicBuckets) return true;
  if (bucket.ownership === "BucketOwnerEnforced" || block?.IgnorePublicAcls) return false;
  if (key === undefined) return action === "s3:ListBucket" && bucket.acl === "public-read";
  return action === "s3:GetObject" && store.newest(bucket, key)?.acl === "public-read";
}
