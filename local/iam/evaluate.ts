import { compilePolicy, type CompiledStatement } from "./compile-policy.ts";
import type { ConditionContext } from "./condition-context.ts";
import type { Caller } from "./match-principal.ts";
import type { PolicyDocument } from "./policy-document.ts";

export type Decision = "allow" | "implicit-deny" | "explicit-deny";

export interface EvaluateArgs extends Caller {
  /** Such as `dynamodb:PutItem`; case does not matter. */
  readonly action: string;
  /** ARN, or `*` for an action on no resource in particular. */
  readonly resource: string;
  readonly context: ConditionContext;
  /** Policies of the caller's role, inline and attached. */
  readonly identityPolicies: readonly PolicyDocument[];
  /** Policies of the resource, such as a queue's. */
  readonly resourcePolicies?: readonly PolicyDocument[];
}

/**
 * What IAM decides about one action on one resource of the caller's own account: a matching Deny
 * anywhere wins; else an Allow of either kind of policy is enough; else it is denied. An Allow of
 * a resource policy that names only the caller's account leaves it to the identity policies.
 *
 * A condition with an operator or value that is not known here counts as unmet for Allow and as
 * met for Deny. `parsePolicy` refuses such a condition before it is stored.
 * Source: IAM User Guide, "Policy evaluation for requests within a single account".
 */
export function evaluate(args: EvaluateArgs): Decision {
  const { identityPolicies, resourcePolicies = [] } = args;
  let allowed = false;
  for (const policy of identityPolicies)
    for (const statement of compilePolicy(policy)) {
      if (!applies(statement, args)) continue;
      if (statement.effect === "Deny") return "explicit-deny";
      allowed = true;
    }
  for (const policy of resourcePolicies)
    for (const statement of compilePolicy(policy)) {
      const principal = statement.matchPrincipal(args);
      if (principal === "none" || principal === "absent" || !applies(statement, args)) continue;
      if (statement.effect === "Deny") return "explicit-deny";
      if (principal === "direct") allowed = true;
    }
  return allowed ? "allow" : "implicit-deny";
}

function applies(statement: CompiledStatement, { action, resource, context }: EvaluateArgs) {
  if (!statement.matchesAction(action) || !statement.matchesResource(resource, context))
    return false;
  const condition = statement.condition(context);
  return condition === "unknown" ? statement.effect === "Deny" : condition;
}
