import { compileCondition, type CompiledCondition, variablesOf } from "./compile-condition.ts";
import { compileWildcard, type WildcardOptions } from "./compile-wildcard.ts";
import type { ConditionContext } from "./condition-context.ts";
import { type Caller, matchPrincipal, type PrincipalMatch } from "./match-principal.ts";
import {
  type OneOrMany,
  type PolicyDocument,
  type PolicyStatement,
  toList,
} from "./policy-document.ts";

export interface CompiledStatement {
  readonly effect: "Allow" | "Deny";
  matchesAction(action: string): boolean;
  matchesResource(resource: string, context: ConditionContext): boolean;
  /** `"absent"` as the statement names no principal, as those of identity policies. */
  matchPrincipal(caller: Caller): PrincipalMatch | "absent";
  readonly condition: CompiledCondition;
}

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** The statements of a policy, ready to match; compiled once per document. */
export function compilePolicy(document: PolicyDocument): readonly CompiledStatement[] {
  let statements = compiled.get(document);
  if (!statements) {
    // Policy variables came with this version; before it they are plain text.
    const variables = document.Version === "2012-10-17";
    statements = toList(document.Statement).map((each) => compileStatement(each, variables));
    compiled.set(document, statements);
  }
  return statements;
}

function compileStatement(statement: PolicyStatement, variables: boolean): CompiledStatement {
  const matchesAction = compileEither(statement.Action, statement.NotAction, { ignoreCase: true });
  const matchesResource = compileEither(statement.Resource, statement.NotResource, {
    segments: true,
    variables,
  });
  return {
    effect: statement.Effect,
    matchesAction: (action) => matchesAction(action),
    matchesResource,
    matchPrincipal(caller) {
      if (statement.Principal !== undefined) return matchPrincipal(statement.Principal, caller);
      if (statement.NotPrincipal === undefined) return "absent";
      return matchPrincipal(statement.NotPrincipal, caller) === "none" ? "direct" : "none";
    },
    condition: compileCondition(statement.Condition, variables),
  };
}

/** An element or its `Not` form. Trust policies have no `Resource`: theirs matches everything. */
function compileEither(
  listed: OneOrMany<string> | undefined,
  notListed: OneOrMany<string> | undefined,
  options: WildcardOptions,
): (text: string, context?: ConditionContext) => boolean {
  if (listed === undefined && notListed === undefined) return () => true;
  const matchers = toList(listed ?? notListed).map((pattern) => compileWildcard(pattern, options));
  const wanted = listed !== undefined;
  return (text, context) => {
    const resolve = context && variablesOf(context);
    return matchers.some((matches) => matches(text, resolve)) === wanted;
  };
}
