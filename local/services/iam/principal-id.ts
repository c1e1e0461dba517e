import type { AwsCall } from "../../wire/aws-call.ts";
import type { IamStore } from "./iam-store.ts";

/**
 * Who made a call, by its unique id, as events of services name it: `AWS:role-id:session`, or the account.
 * Source: IAM User Guide, "IAM identifiers", unique identifiers.
 */
export function principalId(
  iam: IamStore,
  { roleArn = "", accessKeyId = "", accountId }: AwsCall,
): string {
  const id = iam.roleOfArn(roleArn)?.id;
  if (id === undefined) return `AWS:${accountId}`;
  const session = iam.sessionOf(accessKeyId);
  return session ? `AWS:${id}:${session.sessionName}` : `AWS:${id}`;
}
