import { roleMay } from "../../iam/service-trust.ts";
import type { Log } from "../../log.ts";
import type { IamStore } from "../iam/iam-store.ts";

/** What Lambda needs of a function's role to write the function's logs. */
const needed = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** Asks whether a role lets Lambda write to a stream, given as its ARN. */
export type LogPermission = (roleArn: string, streamArn: string) => boolean;

/**
 * The permission that Lambda needs to write a function's logs: what the role does not allow is not
 * written, as on AWS. The decision for a stream is kept until the role's policies change.
 * Source: Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs".
 */
export function createLogPermission({ iam, log }: { iam: IamStore; log: Log }): LogPermission {
  const decisions = new WeakMap<object, Map<string, boolean>>();
  return (roleArn, streamArn) => {
    const policies = iam.identityPoliciesOf(roleArn);
    const byStream = decisions.get(policies) ?? new Map<string, boolean>();
    decisions.set(policies, byStream);
    let decision = byStream.get(streamArn);
    if (decision === undefined) {
      const denied = needed.find(
        (action) => !roleMay(iam, roleArn, { action, resource: streamArn }),
      );
      decision = denied === undefined;
      byStream.set(streamArn, decision);
      if (denied !== undefined)
        log({ event: "access-denied", action: denied, resource: streamArn, roleArn });
    }
    return decision;
  };
}
