import type { FaultGate } from "../../faults/fault-gate.ts";
import { contextOf } from "../../iam/condition-context.ts";
import { evaluate } from "../../iam/evaluate.ts";
import { readResourcePolicy } from "../../iam/read-resource-policy.ts";
import { readArn } from "../../wire/arn.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { SqsService } from "../sqs/sqs-service.ts";
import type { LambdaInvoker } from "../lambda/lambda-invoker.ts";
import type { DeliveredMessage } from "./delivered-message.ts";
import { isFunctionArn } from "./is-function-arn.ts";
import { toLambdaEvent } from "./lambda-event.ts";

export interface Delivery {
  readonly message: DeliveredMessage;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  /** ARN of a queue, or of a function. */
  readonly endpointArn: string;
  /** Of this attempt. */
  readonly requestId: string;
}

/**
 * One `sqs:SendMessage` or `lambda:Invoke` for a topic. Rejects with the AwsError or
 * TransportFailure of a delivery that failed.
 */
export type SendForTopic = (delivery: Delivery, signal: AbortSignal) => Promise<void>;

export interface SendForTopicArgs {
  readonly sqs: SqsService;
  readonly gate: FaultGate;
  /** Asked for at the first delivery to a function. */
  readonly invoker: () => LambdaInvoker;
}

/**
 * Sends as the service SNS does: the policy of the queue or function must allow it, and the faults
 * on SQS and Lambda hit it.
 * Source: SNS Developer Guide, "Fanout to Amazon SQS queues" and "Fanout to Lambda functions".
 */
export function createSendForTopic({ sqs, gate, invoker }: SendForTopicArgs): SendForTopic {
  return async (delivery, signal) => {
    if (!isFunctionArn(delivery.endpointArn)) return sendToQueue(delivery, signal);
    await invoker().accept({
      functionArn: delivery.endpointArn,
      payload: toLambdaEvent(delivery.message.MessageBody, delivery.subscriptionArn),
      source: { service: "sns", sourceArn: delivery.topicArn },
      signal,
    });
  };

  async function sendToQueue(
    { message, topicArn, endpointArn: queueArn, requestId }: Delivery,
    signal: AbortSignal,
  ): Promise<void> {
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
  }
}

/** A standard queue has groups and no deduplication: fair queues. Source: SQS Developer Guide. */
function forQueue(message: DeliveredMessage, queueArn: string): DeliveredMessage {
  if (queueArn.endsWith(".fifo")) return message;
  const { MessageBody, MessageAttributes, MessageGroupId } = message;
  return {
    MessageBody,
    ...(MessageAttributes && { MessageAttributes }),
    ...(MessageGroupId !== undefined && { MessageGroupId }),
  };
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
