import type { FaultGate } from "../../faults/fault-gate.ts";
import { contextOf } from "../../iam/condition-context.ts";
import { evaluate } from "../../iam/evaluate.ts";
import { readResourcePolicy } from "../../iam/read-resource-policy.ts";
import { readArn } from "../../wire/arn.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { SqsService } from "../sqs/sqs-service.ts";
import type { DeliveredMessage } from "./delivered-message.ts";

export interface Delivery {
  readonly message: DeliveredMessage;
  readonly topicArn: string;
  readonly queueArn: string;
  /** Of this attempt. */
  readonly requestId: string;
}

/** One `sqs:SendMessage` for a topic. Rejects with the AwsError or TransportFailure of a send that failed. */
export type SendForTopic = (delivery: Delivery, signal: AbortSignal) => Promise<void>;

/**
 * Sends as the service SNS does: the queue's policy must allow it, and the faults on SQS hit it.
 * Source: SNS Developer Guide, "Fanout to Amazon SQS queues".
 */
export function createSendForTopic(sqs: SqsService, gate: FaultGate): SendForTopic {
  return async ({ message, topicArn, queueArn, requestId }, signal) => {
    const { region, accountId, resource: QueueName } = readArn(queueArn);
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${accountId}/${QueueName}`;
    const call: AwsCall = {
      requestId,
      service: "sqs",
      operation: "SendMessage",
      protocol: "json-1.0",
      region,
      accountId,
      accessKeyId: undefined,
      roleArn: undefined,
      request: {
        method: "POST",
        path: "/",
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.from(JSON.stringify({ ...forQueue(message, queueArn), QueueUrl })),
      },
    };
    checkQueuePolicy(sqs.resourcePolicyOf(queueArn), topicArn, queueArn);
    const act = () => sqs.handle(call);
    const { status, body } = await (gate.pass(call, act, signal) ?? act());
    if (status >= 300) throw new AwsError("InternalError", body.toString(), status);
  };
}

/** A standard queue that is subscribed to a FIFO topic gets the message alone. */
function forQueue(message: DeliveredMessage, queueArn: string): DeliveredMessage {
  if (queueArn.endsWith(".fifo")) return message;
  const { MessageBody, MessageAttributes } = message;
  return { MessageBody, ...(MessageAttributes && { MessageAttributes }) };
}

function checkQueuePolicy(policy: string | undefined, topicArn: string, queueArn: string): void {
  const servicePrincipal = "sns.amazonaws.com";
  const decision = evaluate({
    servicePrincipal,
    action: "sqs:SendMessage",
    resource: queueArn,
    context: contextOf({
      "aws:SourceArn": topicArn,
      "aws:SourceAccount": readArn(topicArn).accountId,
      "aws:PrincipalServiceName": servicePrincipal,
      "aws:PrincipalIsAWSService": "true",
      "aws:SecureTransport": "true",
    }),
    identityPolicies: [],
    resourcePolicies: policy === undefined ? [] : [readResourcePolicy(policy).document],
  });
  if (decision !== "allow")
    throw new AwsError(
      "AccessDenied",
      `The policy of ${queueArn} does not allow ${servicePrincipal} to send messages of ${topicArn}.`,
      403,
    );
}
