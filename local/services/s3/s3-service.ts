import type { Log } from "../../log.ts";
import { s3Members } from "../../members/tables/s3.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { HttpAnswer, HttpRequest } from "../../wire/http.ts";
import { restOperation } from "../../wire/rest-operation.ts";
import { s3Address } from "../../wire/s3-address.ts";
import { readSignatureScope } from "../../wire/signature.ts";
import type { AwsService } from "../aws-service.ts";
import type { IamStore } from "../iam/iam-store.ts";
import { principalId } from "../iam/principal-id.ts";
import { BucketStore } from "./bucket-store.ts";
import { checkPresigned } from "./check-presigned.ts";
import { deliverNotification } from "./notifications/deliver-notification.ts";
import { createRecord, messageOf } from "./notifications/event-message.ts";
import { ruleMatches, rulesOf } from "./notifications/notification-rule.ts";
import {
  createNotificationTargets,
  type NotificationTargetsArgs,
} from "./notifications/notification-targets.ts";
import type { ObjectChange } from "./object-change.ts";
import { createS3Access } from "./s3-access.ts";
import type { S3Context } from "./s3-operation.ts";

export interface S3Service extends AwsService {
  /** Policy of a bucket, as its JSON text. */
  resourcePolicyOf(bucketArn: string): string | undefined;
  readonly buckets: BucketStore;
}

export interface S3ServiceOptions extends NotificationTargetsArgs {
  readonly accountId: string;
  /** What the gateway asks about every signed call; for the keys of one, and whether it may list. */
  readonly authorize: (call: AwsCall) => void;
  readonly iam: IamStore;
  readonly log: Log;
}

const operations = Object.keys(s3Members);

/** S3: buckets and objects in memory. */
export function createS3Service(options: S3ServiceOptions): S3Service {
  const { accountId, iam, log } = options;
  const targets = createNotificationTargets(options);
  const store = new BucketStore();
  const ended = new AbortController();
  const context: S3Context = {
    ...{ store, accountId, targets, access: createS3Access(store, options.authorize) },
    changed(change, call) {
      notify({ ...change, call });
    },
  };

  function notify(change: ObjectChange): void {
    const { bucket, event, key } = change;
    const rules = rulesOf(bucket.notifications).filter((rule) => ruleMatches(rule, event, key));
    if (rules.length === 0) return;
    const record = createRecord(change, principalId(iam, change.call));
    for (const rule of rules) {
      const notification = { rule, bucketArn: bucket.arn, message: messageOf(record, rule.id) };
      void deliverNotification(notification, { targets, log, signal: ended.signal });
    }
  }

  async function handle(call: AwsCall): Promise<HttpAnswer> {
    checkPresigned(call.request);
    context.access.checkAnonymous(call);
    const { answerCall } = await import("./answer-call.ts");
    return answerCall(call, context);
  }

  return {
    name: "s3",
    operations,
    identify(request) {
      if (!readSignatureScope(request) && !isForBucket(request, store)) return undefined;
      const operation = restOperation(request, "s3");
      if (operation === undefined || !Object.hasOwn(s3Members, operation)) return undefined;
      return { operation, protocol: "rest-xml" };
    },
    handle,
    buckets: store,
    resourcePolicyOf: (arn) => store.find(arn.replace(/^arn:aws:s3:::/, ""))?.policy,
    close() {
      ended.abort();
      return Promise.resolve();
    },
  };
}

/** Whether a request that nobody signed is for S3: by its host, or since it names a bucket. */
function isForBucket(request: HttpRequest, store: BucketStore): boolean {
  const { bucket } = s3Address(request);
  return bucket !== "" && store.find(bucket) !== undefined;
}
