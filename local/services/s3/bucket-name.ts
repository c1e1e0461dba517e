import { AwsError } from "../../wire/aws-error.ts";

/**
 * Checks the name of a new bucket. Source: S3 User Guide, "General purpose bucket naming rules".
 *
 * @throws AwsError InvalidBucketName
 */
export function checkBucketName(name: string): void {
  const isValid =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d{1,3}(\.\d{1,3}){3}$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!isValid)
    throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, {
      BucketName: name,
    });
}
