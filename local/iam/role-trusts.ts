import type { Caller } from "./match-principal.ts";
import type { ConditionContext } from "./condition-context.ts";
import { evaluate } from "./evaluate.ts";
import type { PolicyDocument } from "./policy-document.ts";

export interface RoleTrustArgs {
  readonly roleArn: string;
  readonly trustPolicy: PolicyDocument;
  /** Who wants to assume the role, such as `{servicePrincipal: "lambda.amazonaws.com"}`. */
  readonly caller: Caller;
  readonly context: ConditionContext;
  /** Policies of the caller's own role, which a trust in the whole account leaves it to. */
  readonly identityPolicies?: readonly PolicyDocument[];
}

/** Whether a role may be assumed by the caller. Source: STS API, AssumeRole. */
export function roleTrusts(args: RoleTrustArgs): boolean {
  const decision = evaluate({
    ...args.caller,
    action: "sts:AssumeRole",
    resource: args.roleArn,
    context: args.context,
    identityPolicies: args.identityPolicies ?? [],
    resourcePolicies: [args.trustPolicy],
  });
  return decision === "allow";
}
