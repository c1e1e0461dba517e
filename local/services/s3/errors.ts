import { AwsError } from "../../wire/aws-error.ts";

/** Errors of S3 in its own words. Source: S3 API reference, "List of error codes". */

export function noSuchBucket(bucket: string): AwsError {
  return new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, {
    BucketName: bucket,
  });
}

export function noSuchKey(key: string): AwsError {
  return new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key });
}

export function noSuchVersion(key: string, versionId: string): AwsError {
  return new AwsError("NoSuchVersion", "The specified version does not exist.", 404, {
    Key: key,
    VersionId: versionId,
  });
}

export function noSuchUpload(uploadId: string): AwsError {
  return new AwsError(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    404,
    { UploadId: uploadId },
  );
}

export function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError("InvalidArgument", message, 400, {
    ArgumentName: name,
    ArgumentValue: value,
  });
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequest", message);
}

export function malformedXml(detail?: string): AwsError {
  return new AwsError(
    "MalformedXML",
    detail ??
      "The XML you provided was not well-formed or did not validate against our published schema",
  );
}

export function preconditionFailed(condition: string): AwsError {
  return new AwsError(
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    412,
    { Condition: condition },
  );
}

export function accessDenied(message = "Access Denied"): AwsError {
  return new AwsError("AccessDenied", message, 403);
}

/** What is not emulated, with what to do instead. */
export function notServed(what: string): AwsError {
  return new AwsError("NotImplemented", `${what} is not supported here; leave it out.`);
}
