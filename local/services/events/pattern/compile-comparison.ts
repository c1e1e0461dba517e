import { compileCidr } from "./compile-cidr.ts";
import { compileWildcard } from "./compile-wildcard.ts";
import { isObject, type Leaf } from "./field.ts";
import { invalidPattern } from "./invalid-pattern.ts";

export type LeafTest = (leaf: Leaf) => boolean;

type Compile = (operand: unknown, where: string) => LeafTest;

/** Source: EventBridge User Guide, "Comparison operators for use in event patterns". */
const operators: Readonly<Record<string, Compile>> = {
  prefix: (operand, where) =>
    isObject(operand)
      ? ignoringCase("prefix", operand, where, (text, part) => text.startsWith(part))
      : onText("prefix", operand, where, (part) => (text) => text.startsWith(part)),
  suffix: (operand, where) =>
    isObject(operand)
      ? ignoringCase("suffix", operand, where, (text, part) => text.endsWith(part))
      : onText("suffix", operand, where, (part) => (text) => text.endsWith(part)),
  "equals-ignore-case": (operand, where) =>
    onText("equals-ignore-case", operand, where, (wanted) => {
      const lower = wanted.toLowerCase();
      return (text) => text.toLowerCase() === lower;
    }),
  wildcard: (operand, where) => onText("wildcard", operand, where, compileWildcard),
  cidr: (operand, where) => onText("cidr", operand, where, compileCidr),
  numeric: compileNumeric,
  "anything-but": compileAnythingBut,
};

/** Whether a word is a comparison, and so no name of a field within `$or`. */
export function isOperator(name: string): boolean {
  return name === "exists" || Object.hasOwn(operators, name);
}

/** One comparison, such as `{"prefix": "a"}`. Throws InvalidEventPatternException. */
export function compileComparison(
  comparison: Readonly<Record<string, unknown>>,
  where: string,
): LeafTest {
  const [entry, ...others] = Object.entries(comparison);
  if (!entry || others.length > 0)
    throw invalidPattern(`A comparison of "${where}" must have one operator.`);
  const [name, operand] = entry;
  const compile = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!compile) throw invalidPattern(`Unrecognized match type ${name} of "${where}".`);
  return compile(operand, where);
}

function onText(
  operator: string,
  operand: unknown,
  where: string,
  compile: (operand: string) => (text: string) => boolean,
): LeafTest {
  if (typeof operand !== "string")
    throw invalidPattern(`"${operator}" of "${where}" takes a string.`);
  if (operand === "" && operator !== "equals-ignore-case" && operator !== "wildcard")
    throw invalidPattern(`"${operator}" of "${where}" must not be empty.`);
  const test = compile(operand);
  return (leaf) => typeof leaf === "string" && test(leaf);
}

/** `{"prefix": {"equals-ignore-case": "a"}}`. */
function ignoringCase(
  operator: string,
  operand: Readonly<Record<string, unknown>>,
  where: string,
  test: (text: string, part: string) => boolean,
): LeafTest {
  const { "equals-ignore-case": part, ...others } = operand;
  if (Object.keys(others).length > 0)
    throw invalidPattern(`"${operator}" of "${where}" takes a string or equals-ignore-case.`);
  return onText(operator, part, where, (wanted) => {
    const lower = wanted.toLowerCase();
    return (text) => test(text.toLowerCase(), lower);
  });
}

/** A value or a list of them, or one of the comparisons of texts with one or a list. */
function compileAnythingBut(operand: unknown, where: string): LeafTest {
  if (!isObject(operand)) {
    const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    if (excluded.length === 0) throw invalidPattern(`"anything-but" of "${where}" has no value.`);
    if (!excluded.every((each) => typeof each === "string" || typeof each === "number"))
      throw invalidPattern(`"anything-but" of "${where}" takes strings or numbers.`);
    const set = new Set<unknown>(excluded);
    return (leaf) => !set.has(leaf);
  }
  const [entry, ...others] = Object.entries(operand);
  const [name = "", inner] = entry ?? [];
  if (others.length > 0 || !["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(name))
    throw invalidPattern(
      `"anything-but" of "${where}" takes one of prefix, suffix, equals-ignore-case and wildcard.`,
    );
  const list: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  if (list.length === 0) throw invalidPattern(`"anything-but" of "${where}" has no value.`);
  const tests = list.map((each) => compileComparison({ [name]: each }, where));
  return (leaf) => !tests.some((test) => test(leaf));
}

const orders: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** Largest number in a pattern. Source: EventBridge User Guide, "Numeric matching". */
const largestNumber = 5e9;

/** `["=", 5]` or `[">", 0, "<=", 5]`. */
function compileNumeric(operand: unknown, where: string): LeafTest {
  const wrong = (): Error =>
    invalidPattern(
      `"numeric" of "${where}" takes one or two pairs of =, <, <=, > or >= and a number within ±5.0e9.`,
    );
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw wrong();
  const pairs = [operand.slice(0, 2), operand.slice(2)].filter(({ length }) => length > 0);
  const tests = pairs.map(([operator, bound]: unknown[]) => {
    const name = String(operator);
    const test = Object.hasOwn(orders, name) ? orders[name] : undefined;
    if (!test || typeof bound !== "number" || Math.abs(bound) > largestNumber) throw wrong();
    return (value: number) => test(value, bound);
  });
  if (pairs.length === 2 && !/^[<>]/.test(String(operand[0]))) throw wrong();
  if (pairs.length === 2 && String(operand[0])[0] === String(operand[2])[0]) throw wrong();
  if (pairs.length === 2 && String(operand[2]) === "=") throw wrong();
  return (leaf) => typeof leaf === "number" && tests.every((test) => test(leaf));
}
