import type { FaultGate } from "../../faults/fault-gate.ts";
import { readArn } from "../../wire/arn.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { createRequestId } from "../../wire/request-id.ts";
import type { AlarmNotification } from "../cloudwatch/alarm-notification.ts";
import type { SnsService } from "./sns-service.ts";

/**
 * Publishes for CloudWatch, as a call that faults on SNS hit. Rejects with what SNS answered when it
 * did not take the message.
 */
export function createPublishAlarm(
  sns: SnsService,
  gate: FaultGate,
): (notification: AlarmNotification) => Promise<void> {
  return async ({ topicArn, subject, message }) => {
    const { region, accountId } = readArn(topicArn);
    const form = new URLSearchParams({
      Action: "Publish",
      Version: "2010-03-31",
      TopicArn: topicArn,
      Subject: subject,
      Message: message,
    });
    const call: AwsCall = {
      requestId: createRequestId(),
      service: "sns",
      operation: "Publish",
      protocol: "query",
      region,
      accountId,
      accessKeyId: undefined,
      roleArn: undefined,
      request: {
        method: "POST",
        path: "/",
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.from(form.toString()),
      },
    };
    const act = () => sns.handle(call);
    const { status, body } = await (gate.pass(call, act) ?? act());
    if (status >= 300) throw new Error(`SNS answered ${String(status)}: ${body.toString()}`);
  };
}
