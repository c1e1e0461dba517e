import type { AwsCall } from "../../wire/aws-call.ts";
import type { IamStore } from "../iam/iam-store.ts";

export interface CallerIdentity {
  readonly arn: string;
  /** Role id and session name of a role's session; account id of the root. */
  readonly userId: string;
}

/** Who signed a call: a session of a role, or, with any key that was not issued here, the root. */
export function callerOf(call: AwsCall, store: IamStore): CallerIdentity {
  const session = call.accessKeyId === undefined ? undefined : store.sessionOf(call.accessKeyId);
  if (!session) return { arn: `arn:aws:iam::${store.accountId}:root`, userId: store.accountId };
  const roleId = store.roleOfArn(session.roleArn)?.id ?? "AROAAAAAAAAAAAAAAAAAA";
  return { arn: session.sessionArn, userId: `${roleId}:${session.sessionName}` };
}
