import { contextOf } from "../../../iam/condition-context.ts";
import { evaluate } from "../../../iam/evaluate.ts";
import { readResourcePolicy } from "../../../iam/read-resource-policy.ts";
import { serviceMayAssume } from "../../../iam/service-trust.ts";
import type { ServiceCaller } from "../../../service-caller.ts";
import { readArn } from "../../../wire/arn.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { IamStore } from "../../iam/iam-store.ts";
import type { LambdaInvoker } from "../../lambda/lambda-invoker.ts";

export interface Shipment {
  readonly targetArn: string;
  readonly ruleArn: string;
  /** Role of the target; without one its resource policy decides. */
  readonly roleArn: string | undefined;
  readonly payload: string;
  readonly messageGroupId?: string | undefined;
  readonly messageAttributes?: Readonly<Record<string, object>>;
}

/** Rejects with the AwsError or TransportFailure of a delivery that failed. */
export type SendToTarget = (shipment: Shipment, signal: AbortSignal) => Promise<void>;

export interface SendToTargetArgs {
  readonly callService: ServiceCaller;
  readonly invoker: LambdaInvoker;
  readonly iam: IamStore;
  /** Policy of a queue or topic, as its JSON text. */
  resourcePolicyOf(arn: string): string | undefined;
}

const servicePrincipal = "events.amazonaws.com";

/**
 * Delivers as the service EventBridge does: the role of the target, or else the policy of the queue,
 * topic or function must allow it, and the faults on SQS, SNS and Lambda hit it.
 * Source: EventBridge User Guide, "Using resource-based policies for Amazon EventBridge".
 */
export function createSendToTarget(args: SendToTargetArgs): SendToTarget {
  return async (shipment, signal) => {
    const { targetArn, ruleArn, roleArn, payload } = shipment;
    const { service, region } = readArn(targetArn);
    if (roleArn !== undefined && !serviceMayAssume(args.iam, roleArn, servicePrincipal, ruleArn))
      throw denied(`${servicePrincipal} may not assume ${roleArn}.`);
    if (service === "lambda" && roleArn === undefined) {
      const source = { service: "events", sourceArn: ruleArn } as const;
      await args.invoker.accept({
        functionArn: targetArn,
        payload: toJson(payload),
        source,
        signal,
      });
      return;
    }
    const [operation, input] = callOf(shipment, service);
    if (roleArn === undefined) checkPolicy(`${service}:${operation}`, shipment, args);
    await args.callService({ service, operation, region, input, roleArn, signal });
  };
}

function callOf(shipment: Shipment, service: string): [operation: string, input: object] {
  const { targetArn, payload, messageGroupId, messageAttributes } = shipment;
  const { region, accountId, resource } = readArn(targetArn);
  const group = messageGroupId !== undefined && { MessageGroupId: messageGroupId };
  if (service === "sns") return ["Publish", { TopicArn: targetArn, Message: payload, ...group }];
  if (service === "lambda")
    return [
      "Invoke",
      {
        FunctionName: targetArn,
        InvocationType: "Event",
        Payload: Buffer.from(toJson(payload)),
      },
    ];
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${accountId}/${resource}`;
  const attributes = messageAttributes && { MessageAttributes: messageAttributes };
  return ["SendMessage", { QueueUrl, MessageBody: payload, ...group, ...attributes }];
}

/** A template of several texts is no JSON; a function gets it as one text. */
function toJson(payload: string): string {
  try {
    JSON.parse(payload);
    return payload;
  } catch {
    return JSON.stringify(payload);
  }
}

function checkPolicy(
  action: string,
  { targetArn, ruleArn }: Shipment,
  { resourcePolicyOf }: SendToTargetArgs,
): void {
  const policy = resourcePolicyOf(targetArn);
  const decision = evaluate({
    servicePrincipal,
    action,
    resource: targetArn,
    context: contextOf({
      "aws:SourceArn": ruleArn,
      "aws:SourceAccount": readArn(ruleArn).accountId,
      "aws:PrincipalServiceName": servicePrincipal,
      "aws:PrincipalIsAWSService": "true",
      "aws:SecureTransport": "true",
    }),
    identityPolicies: [],
    resourcePolicies: policy === undefined ? [] : [readResourcePolicy(policy).document],
  });
  if (decision !== "allow")
    throw denied(
      `The policy of ${targetArn} does not allow ${servicePrincipal} ${action} for ${ruleArn}.`,
    );
}

function denied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message, 403);
}
