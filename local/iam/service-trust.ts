import type { IamStore } from "../services/iam/iam-store.ts";
import { contextOf } from "./condition-context.ts";
import { evaluate } from "./evaluate.ts";
import { roleTrusts } from "./role-trusts.ts";

/**
 * Whether a role is there and lets a service assume it. `sourceArn` is the resource for which it
 * does so, such as an experiment.
 */
export function serviceMayAssume(
  iam: IamStore,
  roleArn: string,
  servicePrincipal: string,
  sourceArn?: string,
): boolean {
  const role = iam.roleOfArn(roleArn);
  if (!role) return false;
  return roleTrusts({
    roleArn,
    trustPolicy: role.trustPolicy.document,
    caller: { servicePrincipal },
    context: contextOf({
      "aws:SourceAccount": iam.accountId,
      "aws:SourceArn": sourceArn,
      "aws:PrincipalIsAWSService": "true",
    }),
  });
}

/** Whether a role's own policies allow an action that a service checks itself, not as a call. */
export function roleMay(
  iam: IamStore,
  roleArn: string,
  { action, resource, context = {} }: RoleAction,
): boolean {
  const decision = evaluate({
    principalArn: roleArn,
    action,
    resource,
    context: contextOf({
      "aws:PrincipalArn": roleArn,
      "aws:PrincipalAccount": iam.accountId,
      ...context,
    }),
    identityPolicies: iam.identityPoliciesOf(roleArn),
  });
  return decision === "allow";
}

export interface RoleAction {
  /** Such as `iam:PassRole`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys besides those of the principal. */
  readonly context?: Readonly<Record<string, string>>;
}
