import { contextOf } from "../../iam/condition-context.ts";
import { roleTrusts } from "../../iam/role-trusts.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { XmlValue } from "../../wire/xml.ts";
import { dateXml } from "../iam/entity-xml.ts";
import type { Role } from "../iam/iam-entities.ts";
import { check, integerOf } from "../iam/iam-input.ts";
import type { IamStore } from "../iam/iam-store.ts";
import { type QueryInput, required } from "../query-service.ts";
import { callerOf } from "./caller-of.ts";

const sessionName = { pattern: /^[\w+=,.@-]{2,}$/, maxLength: 64 };

/**
 * Credentials of a role's session, where the role's trust policy lets the caller. Throws
 * AccessDenied (403), also for a role that is not there. Source: STS API 2011-06-15, AssumeRole.
 */
export function assumeRole(input: QueryInput, store: IamStore, call: AwsCall): XmlValue {
  const roleArn = required(input, "RoleArn");
  const name = check("roleSessionName", required(input, "RoleSessionName"), sessionName);
  const seconds = integerOf(input, "DurationSeconds", { min: 900, max: 43_200 }) ?? 3600;
  const role = store.roleOfArn(roleArn);
  if (!role || !mayAssume(role, { input, store, call }))
    throw new AwsError(
      "AccessDenied",
      `User: ${callerOf(call, store).arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      403,
    );
  if (seconds > role.maxSessionDurationSeconds)
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  const issued = store.issueCredentials(roleArn, name, seconds);
  return {
    Credentials: {
      AccessKeyId: issued.accessKeyId,
      SecretAccessKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
      Expiration: dateXml(new Date(Date.now() + seconds * 1000)),
    },
    AssumedRoleUser: { AssumedRoleId: `${role.id}:${name}`, Arn: issued.session.sessionArn },
  };
}

function mayAssume(
  role: Role,
  { input, store, call }: { input: QueryInput; store: IamStore; call: AwsCall },
): boolean {
  const { arn } = callerOf(call, store);
  const principalArn = call.roleArn ?? arn;
  return roleTrusts({
    roleArn: role.arn,
    trustPolicy: role.trustPolicy.document,
    caller: { principalArn, sessionArn: arn },
    context: contextOf({
      "aws:PrincipalArn": principalArn,
      "aws:PrincipalAccount": store.accountId,
      "aws:RequestedRegion": call.region,
      "sts:ExternalId": input["ExternalId"],
      "sts:RoleSessionName": input["RoleSessionName"],
    }),
    identityPolicies: call.roleArn === undefined ? [] : store.identityPoliciesOf(call.roleArn),
  });
}
