import type { ResolveVariable, WildcardMatcher } from "./compile-wildcard.ts";
import type { ConditionContext } from "./condition-context.ts";
import { conditionOperators } from "./condition-operators.ts";
import { type OneOrMany, type PolicyStatement, type Scalar, toList } from "./policy-document.ts";

/** Whether a condition holds; `"unknown"` as this evaluator does not know its operator or value. */
export type ConditionResult = boolean | "unknown";
export type CompiledCondition = (context: ConditionContext) => ConditionResult;

/** All operators and keys of a `Condition` element, which must all hold. */
export function compileCondition(
  condition: PolicyStatement["Condition"],
  variables: boolean,
): CompiledCondition {
  const tests = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => compileTest(operator, key, values, variables)),
  );
  return (context) => {
    let result: ConditionResult = true;
    for (const test of tests) {
      const one = test(context);
      if (one === false) return false;
      if (one === "unknown") result = "unknown";
    }
    return result;
  };
}

/**
 * What is wrong with one line of a `Condition`, in IAM's words; `undefined` when nothing is.
 */
export function conditionProblem(operator: string, values: OneOrMany<Scalar>): string | undefined {
  const { base } = readOperator(operator);
  if (base === "Null")
    return toList(values).every((value) => /^(true|false)$/i.test(String(value)))
      ? undefined
      : "Null takes true or false.";
  if (!Object.hasOwn(conditionOperators, base)) return `Invalid Condition type : ${operator}.`;
  const bad = toList(values).find(
    (value) => conditionOperators[base]?.compile(String(value), true) === undefined,
  );
  return bad === undefined ? undefined : `Invalid value ${String(bad)} for Condition ${operator}.`;
}

function compileTest(
  operator: string,
  conditionKey: string,
  policyValues: OneOrMany<Scalar>,
  variables: boolean,
): CompiledCondition {
  if (conditionProblem(operator, policyValues) !== undefined) return () => "unknown";
  const key = conditionKey.toLowerCase();
  const { quantifier, base, ifExists } = readOperator(operator);
  if (base === "Null") {
    const absent = toList(policyValues).map((value) => String(value).toLowerCase() === "true");
    return (context) => absent.includes(toList(context(key)).length === 0);
  }
  const definition = conditionOperators[base];
  if (!definition) return () => "unknown";
  const matchers = toList(policyValues)
    .map((value) => definition.compile(String(value), variables))
    .filter((matcher): matcher is WildcardMatcher => matcher !== undefined);
  return (context) => {
    const values = toList(context(key));
    if (values.length === 0) {
      if (ifExists || quantifier === "ForAllValues") return true;
      return quantifier === undefined && definition.negated;
    }
    const resolve = variablesOf(context);
    const listed = (value: string): boolean => matchers.some((matches) => matches(value, resolve));
    const holds = (value: string): boolean => listed(value) !== definition.negated;
    // A key of several values without a quantifier: the negated form is the exact opposite.
    const every = quantifier === "ForAllValues" || (quantifier === undefined && definition.negated);
    return every ? values.every(holds) : values.some(holds);
  };
}

/** `ForAnyValue:StringLikeIfExists` → its parts. */
function readOperator(operator: string): {
  quantifier: string | undefined;
  base: string;
  ifExists: boolean;
} {
  const [, quantifier, base = "", suffix] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/s.exec(operator) ?? [];
  // There is no NullIfExists: what it asks is whether the key exists.
  if (base === "Null" && (suffix !== undefined || quantifier !== undefined))
    return { quantifier: undefined, base: operator, ifExists: false };
  return { quantifier, base, ifExists: suffix !== undefined };
}

/** Policy variables of a request: its condition keys that have one value. */
export function variablesOf(context: ConditionContext): ResolveVariable {
  return (name) => {
    const value = context(name);
    return typeof value === "string" ? value : undefined;
  };
}
