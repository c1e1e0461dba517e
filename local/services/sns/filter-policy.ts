import { AwsError } from "../../wire/aws-error.ts";

type Scope = "MessageAttributes" | "MessageBody";
type Json = Readonly<Record<string, unknown>>;

const maxKeys = 5;
const maxCombinations = 150;
const textPatterns = new Set(["prefix", "suffix", "equals-ignore-case", "wildcard", "cidr"]);
const patternsOfAnythingBut = new Set(["prefix", "suffix", "wildcard", "equals-ignore-case"]);
const comparisons = new Set<unknown>(["=", "<", "<=", ">", ">="]);

/**
 * Checks a filter policy. Throws an AwsError whose message names the reason in SNS's words, after
 * `Invalid parameter: ` and `where`. Source: SNS Developer Guide, "Amazon SNS subscription filter
 * policies", with its constraints.
 *
 * @param where `Attributes Reason: ` in Subscribe, nothing in SetSubscriptionAttributes
 */
export function checkFilterPolicy(text: string, scope: Scope, where: string): void {
  const refuse = (reason: string) =>
    new AwsError("InvalidParameter", `Invalid parameter: ${where}FilterPolicy: ${reason}`);
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw refuse("failed to parse JSON.");
  }
  if (!isObject(policy)) throw refuse("Filter policy must be a JSON object");
  let keys = 0;

  /** How many combinations of values the rules of one object allow. */
  function combinations(rules: Json, depth: number): number {
    let product = 1;
    for (const [key, rule] of Object.entries(rules)) {
      if (key === "$or" && Array.isArray(rule) && rule.length > 1 && rule.every(isObject))
        product *= rule.reduce((sum: number, each: Json) => sum + combinations(each, depth), 0);
      else if (Array.isArray(rule)) {
        keys++;
        if (rule.length === 0) throw refuse("Empty arrays are not allowed");
        for (const value of rule) checkValue(value);
        product *= rule.length * depth;
      } else if (isObject(rule)) {
        if (scope === "MessageAttributes")
          throw new AwsError(
            "InvalidParameter",
            "Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy",
          );
        product *= combinations(rule, depth + 1);
      } else throw refuse(`"${key}" must be an object or an array`);
    }
    return product;
  }

  function checkValue(value: unknown): void {
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) return;
    if (!isObject(value)) throw refuse("Match value must be String, number, true, false, or null");
    const [[name, operand] = ["", undefined], ...others] = Object.entries(value);
    if (others.length > 0) throw refuse("Only one key allowed in match expression");
    if (textPatterns.has(name)) {
      if (typeof operand !== "string") throw refuse(`${name} match pattern must be a string`);
    } else if (name === "exists") {
      if (typeof operand !== "boolean")
        throw refuse("exists match pattern must be either true or false.");
    } else if (name === "anything-but") checkAnythingBut(operand);
    else if (name === "numeric") checkNumeric(operand);
    else throw refuse(`Unrecognized match type ${name}`);
  }

  function checkAnythingBut(operand: unknown): void {
    if (!isObject(operand)) {
      const values: unknown[] = Array.isArray(operand) ? operand : [operand];
      if (values.length === 0) throw refuse("Empty arrays are not allowed");
      if (values.some((value) => typeof value !== "string" && typeof value !== "number"))
        throw refuse("Inside anything but list, start|null|boolean is not supported.");
      return;
    }
    const [[name, pattern] = ["", undefined]] = Object.entries(operand);
    if (!patternsOfAnythingBut.has(name)) throw refuse(`Unsupported anything-but pattern: ${name}`);
    const patterns: unknown[] = Array.isArray(pattern) ? pattern : [pattern];
    if (patterns.some((each) => typeof each !== "string"))
      throw refuse(`${name} match pattern must be a string`);
  }

  function checkNumeric(operand: unknown): void {
    if (!Array.isArray(operand) || operand.length === 0)
      throw refuse("Invalid member in numeric match: ]");
    const [first, from, second, to] = operand as unknown[];
    if (typeof first !== "string") throw refuse(`Invalid member in numeric match: ${show(first)}`);
    if (!comparisons.has(first)) throw refuse(`Unrecognized numeric range operator: ${first}`);
    const name = first === "=" ? "equals" : first;
    if (typeof from !== "number") throw refuse(`Value of ${name} must be numeric`);
    if (operand.length === 2) return;
    if (!first.startsWith(">")) throw refuse("Too many elements in numeric expression");
    if (typeof second !== "string") throw refuse(`Bad value in numeric range: ${show(second)}`);
    if (!second.startsWith("<") || !comparisons.has(second))
      throw refuse(`Bad numeric range operator: ${second}`);
    if (typeof to !== "number") throw refuse(`Value of ${second} must be numeric`);
    if (from >= to) throw refuse("Bottom must be less than top");
    if (operand.length > 4) throw refuse("Too many terms in numeric range expression");
  }

  const total = combinations(policy, 1);
  if (keys > maxKeys) throw refuse(`Filter policy can not have more than ${String(maxKeys)} keys`);
  if (total > maxCombinations) throw refuse("Filter policy is too complex");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "]";
}
