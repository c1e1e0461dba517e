import { accessDenied, type DenialReason } from "../../iam/access-denied.ts";
import { actionsOfCall } from "../../iam/action-of-call.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { commonErrors } from "./common-errors.ts";
import { dynamodbErrors } from "./dynamodb-errors.ts";
import { furtherErrors } from "./further-errors.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import type { OutageKind, ServiceError, ServiceErrors } from "./service-errors.ts";
import { snsErrors } from "./sns-errors.ts";
import { sqsErrors } from "./sqs-errors.ts";

const tables: Readonly<Record<string, ServiceErrors>> = {
  ...furtherErrors,
  dynamodb: dynamodbErrors,
  lambda: lambdaErrors,
  sns: snsErrors,
  sqs: sqsErrors,
};

export const failures = ["internal", "unavailable", "throttling", "denied"] as const;
export type Failure = (typeof failures)[number];

/** Every error that the service of a call sends for such a failure; at least one. */
export function errorsOf(
  failure: Failure,
  { call, principal }: { call: AwsCall; principal: string },
): readonly ServiceError[] {
  return failure === "denied" ? denials(call, principal) : outageErrors(failure, call.service);
}

function outageErrors(kind: OutageKind, service: string): readonly ServiceError[] {
  const own = Object.hasOwn(tables, service) ? tables[service] : undefined;
  return own?.[kind] ?? commonErrors[kind];
}

/** As after a change of the role's policies: an allow that is gone, or a deny that has come. */
const denialReasons: readonly DenialReason[] = ["no-allow", "explicit-deny-identity"];

function denials(call: AwsCall, principal: string): ServiceError[] {
  const action = `${call.service}:${call.operation}`;
  const needed = actionsOfCall(call)?.[0] ?? { action, resource: "*" };
  return denialReasons.map((reason) => {
    const { code, status, message } = accessDenied(call, { principal, needed, reason });
    return { code, status, message };
  });
}
