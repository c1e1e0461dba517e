import type { FaultGate } from "../../../faults/fault-gate.ts";
import { contextOf } from "../../../iam/condition-context.ts";
import { evaluate } from "../../../iam/evaluate.ts";
import { readResourcePolicy } from "../../../iam/read-resource-policy.ts";
import { readArn } from "../../../wire/arn.ts";
import type { AwsCall } from "../../../wire/aws-call.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import { createRequestId } from "../../../wire/request-id.ts";
import type { LambdaService } from "../../lambda/lambda-service.ts";
import type { SnsService } from "../../sns/sns-service.ts";
import type { SqsService } from "../../sqs/sqs-service.ts";
import type { NotificationRule } from "./notification-rule.ts";

/** A target whose own policy does not let the bucket notify it, or that is gone. */
export class NotPermittedError extends AwsError {
  constructor(problem: string) {
    super("AccessDenied", problem, 403);
  }
}

type Target = Pick<NotificationRule, "kind" | "targetArn">;

/** The functions, queues and topics that buckets notify. */
export interface NotificationTargets {
  /** Why a bucket may not notify a target; `undefined` when it may. */
  problemOf(target: Target, bucketArn: string): string | undefined;
  /** One delivery. Rejects with the AwsError or TransportFailure of one that failed. */
  send(target: Target, bucketArn: string, message: string, signal?: AbortSignal): Promise<void>;
}

export interface NotificationTargetsArgs {
  readonly sqs: SqsService;
  readonly sns: SnsService;
  readonly lambda: LambdaService;
  readonly gate: FaultGate;
}

const actions = {
  function: "lambda:InvokeFunction",
  queue: "sqs:SendMessage",
  topic: "sns:Publish",
} as const;

const servicePrincipal = "s3.amazonaws.com";

/**
 * Calls as the service S3 does: the policy of the function, queue or topic must allow it, and the
 * faults on its service hit it.
 * Source: S3 User Guide, "Granting permissions to publish event notification messages".
 */
export function createNotificationTargets(args: NotificationTargetsArgs): NotificationTargets {
  const { sqs, sns, lambda, gate } = args;

  function problemOf({ kind, targetArn }: Target, bucketArn: string): string | undefined {
    const service = kind === "queue" ? sqs : kind === "topic" ? sns : lambda;
    const policy = service.resourcePolicyOf(targetArn);
    const decision = evaluate({
      servicePrincipal,
      ...{ action: actions[kind], resource: targetArn, identityPolicies: [] },
      context: contextOf({
        "aws:SourceArn": bucketArn,
        "aws:SourceAccount": readArn(targetArn).accountId,
        "aws:PrincipalServiceName": servicePrincipal,
        "aws:PrincipalIsAWSService": "true",
        "aws:SecureTransport": "true",
      }),
      resourcePolicies: policy === undefined ? [] : [readResourcePolicy(policy).document],
    });
    return decision === "allow"
      ? undefined
      : `The policy of ${targetArn} does not allow ${servicePrincipal} ${actions[kind]} for ${bucketArn}.`;
  }

  /** A call of SQS or SNS, through the faults on it. */
  async function callService(
    service: SqsService | SnsService,
    form: Pick<AwsCall, "operation" | "protocol" | "region" | "accountId"> & { body: string },
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { body, ...facts } = form;
    const call: AwsCall = {
      ...facts,
      requestId: createRequestId(),
      service: service.name,
      accessKeyId: undefined,
      roleArn: undefined,
      request: {
        ...{ method: "POST", path: "/", query: new URLSearchParams(), headers: {} },
        body: Buffer.from(body),
      },
    };
    const act = () => service.handle(call);
    const answer = await (gate.pass(call, act, signal) ?? act());
    if (answer.status >= 300)
      throw new AwsError("NotDelivered", answer.body.toString(), answer.status);
  }

  return {
    problemOf,
    async send(target, bucketArn, message, signal) {
      const { kind, targetArn } = target;
      const problem = problemOf(target, bucketArn);
      if (problem !== undefined) throw new NotPermittedError(problem);
      const { region, accountId, resource: name } = readArn(targetArn);
      if (kind === "function") {
        await lambda.invoker.accept({
          ...{ functionArn: targetArn, payload: message },
          source: { service: "s3", sourceArn: bucketArn },
          ...(signal && { signal }),
        });
        return;
      }
      if (kind === "queue") {
        const QueueUrl = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
        const body = JSON.stringify({ QueueUrl, MessageBody: message });
        const form = { operation: "SendMessage", protocol: "json-1.0", body } as const;
        await callService(sqs, { ...form, region, accountId }, signal);
        return;
      }
      const body = new URLSearchParams({
        ...{ Action: "Publish", Version: "2010-03-31", TopicArn: targetArn, Message: message },
        Subject: "Amazon S3 Notification",
      }).toString();
      const form = { operation: "Publish", protocol: "query", body } as const;
      await callService(sns, { ...form, region, accountId }, signal);
    },
  };
}
