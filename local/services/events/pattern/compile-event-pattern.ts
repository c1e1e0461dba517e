import { nestsTooDeep } from "../../../wire/nests-too-deep.ts";
import { compileComparison, isOperator, type LeafTest } from "./compile-comparison.ts";
import { Field, isObject, type Leaf } from "./field.ts";
import { invalidPattern } from "./invalid-pattern.ts";

/** Whether an event, as parsed JSON, matches a pattern. */
export type EventMatcher = (event: unknown) => boolean;

/** Longest pattern. Source: EventBridge service model, EventPattern. */
const longestPattern = 4096;

/** Whether one of the objects that stand at a place of the event matches; `field` is all of them. */
type ObjectTest = (value: Readonly<Record<string, unknown>> | undefined, field: Field) => boolean;

/**
 * The matcher that an event pattern is, as JSON text. Fields of one object in a list must match in the
 * same element of the list. Takes time proportional to pattern × event.
 * Throws InvalidEventPatternException, which names what is wrong.
 * Source: EventBridge User Guide, "Creating Amazon EventBridge event patterns" and "Comparison operators".
 */
export function compileEventPattern(text: string): EventMatcher {
  if (text.length > longestPattern)
    throw invalidPattern(`it is longer than ${String(longestPattern)} characters.`);
  if (nestsTooDeep(Buffer.from(text))) throw invalidPattern("it nests too deep.");
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalidPattern("it is not JSON.");
  }
  if (!isObject(pattern)) throw invalidPattern("Filter is not an object.");
  const matches = compileObject(pattern, "");
  return (event) => isObject(event) && matches(event, new Field([event]));
}

function compileObject(pattern: Readonly<Record<string, unknown>>, path: string): ObjectTest {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern("Empty objects are not allowed.");
  const tests = entries.map(([name, inner]): ObjectTest => {
    const where = path === "" ? name : `${path}.${name}`;
    if (name === "$or" && isAlternatives(inner)) {
      const alternatives = inner.map((each) => compileObject(each, path));
      return (value, field) => alternatives.some((matches) => matches(value, field));
    }
    if (Array.isArray(inner)) return compileLeaves(name, inner, where);
    if (!isObject(inner)) throw invalidPattern(`"${where}" must be an object or an array.`);
    const matches = compileObject(inner, where);
    return (value, field) => {
      const child = field.child(name);
      const own = value === undefined || !Object.hasOwn(value, name) ? undefined : value[name];
      if (!Array.isArray(own)) return matches(isObject(own) ? own : undefined, child);
      const elements = own.flat(Infinity as 1).filter(isObject);
      if (elements.length === 0) return matches(undefined, child);
      return elements.some((element) => matches(element, child));
    };
  });
  return (value, field) => tests.every((test) => test(value, field));
}

/** Two or more patterns: any other `$or` is a field of this name. */
function isAlternatives(value: unknown): value is Readonly<Record<string, unknown>>[] {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every((each) => isObject(each) && !Object.keys(each).some(isOperator))
  );
}

function compileLeaves(name: string, list: readonly unknown[], where: string): ObjectTest {
  if (list.length === 0) throw invalidPattern(`Empty arrays are not allowed: "${where}".`);
  const exists = list.flatMap((each) =>
    isObject(each) && Object.hasOwn(each, "exists") ? [each] : [],
  );
  if (exists.length > 0) return compileExists(name, list, where);
  const values = new Set<Leaf>();
  const tests: LeafTest[] = [];
  for (const each of list)
    if (isObject(each)) tests.push(compileComparison(each, where));
    else if (Array.isArray(each)) throw invalidPattern(`"${where}" has a list in its list.`);
    else values.add(each as Leaf);
  const matches: LeafTest = (leaf) => values.has(leaf) || tests.some((test) => test(leaf));
  return (value) => leavesOf(value, name).some(matches);
}

/** `exists` is about the whole event: in no element of a list is the field, or in one. */
function compileExists(name: string, list: readonly unknown[], where: string): ObjectTest {
  const [first, ...others] = list;
  if (!isObject(first) || Object.keys(first).length !== 1 || typeof first["exists"] !== "boolean")
    throw invalidPattern(`"exists" of "${where}" takes true or false, alone.`);
  const wanted = first["exists"];
  // Beside others in one list, each is an alternative.
  const rest = others.length > 0 ? compileLeaves(name, others, where) : () => false;
  return (value, field) =>
    (wanted ? leavesOf(value, name).length > 0 : field.child(name).leaves.length === 0) ||
    rest(value, field);
}

function leavesOf(
  value: Readonly<Record<string, unknown>> | undefined,
  name: string,
): readonly Leaf[] {
  if (value === undefined || !Object.hasOwn(value, name)) return [];
  const found = value[name];
  if (!Array.isArray(found)) return isObject(found) ? [] : [found as Leaf];
  return found.flat(Infinity as 1).filter((each) => !isObject(each)) as Leaf[];
}
