import { ownerOf } from "../acl.ts";
import type { Bucket } from "../bucket.ts";
import type { ObjectChange } from "../object-change.ts";

let sequence = BigInt(Date.now()) << 20n;

/** Orders the events of one key. Source: S3 User Guide, "Event message structure". */
function nextSequencer(): string {
  sequence += 1n;
  return sequence.toString(16).toUpperCase().padStart(16, "0");
}

/**
 * The record of what happened to an object, without the rule's id.
 * Source: S3 User Guide, "Event message structure".
 */
export function createRecord(change: ObjectChange, principalId: string): object {
  const { event, bucket, key, versionId, size, etag, call } = change;
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: bucket.region,
    eventTime: new Date().toISOString(),
    eventName: event,
    userIdentity: { principalId },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: {
      "x-amz-request-id": call.requestId,
      "x-amz-id-2": hostIdOf(call.requestId),
    },
    s3: {
      s3SchemaVersion: "1.0",
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: ownerOf(call.accountId).ID },
        arn: bucket.arn,
      },
      object: {
        key: encodeKey(key),
        ...(size !== undefined && { size }),
        ...(etag !== undefined && { eTag: etag.replaceAll('"', "") }),
        ...(versionId !== undefined && versionId !== "null" && { versionId }),
        sequencer: nextSequencer(),
      },
    },
  };
}

/** The message of a record to one rule's target. */
export function messageOf(record: object, configurationId: string): string {
  const { s3, ...facts } = record as { s3: { s3SchemaVersion: string } };
  const { s3SchemaVersion, ...rest } = s3;
  return JSON.stringify({
    Records: [{ ...facts, s3: { s3SchemaVersion, configurationId, ...rest } }],
  });
}

/** What a queue or topic gets when it becomes a target. */
export function testMessage(bucket: Bucket, requestId: string): string {
  return JSON.stringify({
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date().toISOString(),
    Bucket: bucket.name,
    RequestId: requestId,
    HostId: hostIdOf(requestId),
  });
}

/** `x-amz-id-2` of an answer. */
export function hostIdOf(requestId: string): string {
  return Buffer.from(`${requestId} of this machine`).toString("base64");
}

/** As in a form: spaces are plus signs; slashes stay. */
function encodeKey(key: string): string {
  return new URLSearchParams({ key }).toString().slice(4).replaceAll("%2F", "/");
}
