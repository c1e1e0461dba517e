import { invalidMapping } from "./whole-number.ts";

/** Whether a record passes a filter. */
export type RecordFilter = (record: unknown) => boolean;

/** Longest pattern, in characters. Source: Lambda Developer Guide, "Event filtering". */
const longestPattern = 4096;

/**
 * The filter that a pattern of FilterCriteria is: every field that it names has one of the values in
 * its list. Throws an InvalidParameterValueException for a text that is no pattern, and for a
 * comparison that is not served, by its name. Source: EventBridge User Guide, "Event patterns".
 */
export function compileFilter(text: string): RecordFilter {
  if (text.length > longestPattern)
    throw invalidPattern(`it is longer than ${String(longestPattern)} characters.`);
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalidPattern("it is no JSON.");
  }
  if (!isObject(pattern)) throw invalidPattern("it is no JSON object.");
  return fields(pattern);
}

function fields(pattern: Readonly<Record<string, unknown>>): RecordFilter {
  const tests = Object.entries(pattern).map(([name, inner]): RecordFilter => {
    if (name === "$or") {
      if (!Array.isArray(inner) || !inner.every(isObject))
        throw invalidPattern("$or takes a list of patterns.");
      const alternatives = inner.map(fields);
      return (value) => alternatives.some((matches) => matches(value));
    }
    if (!Array.isArray(inner) && !isObject(inner))
      throw invalidPattern(`"${name}" must be an object or a list.`);
    const matches = Array.isArray(inner) ? values(inner) : fields(inner);
    return (value) => matches(isObject(value) ? value[name] : undefined);
  });
  return (value) => tests.every((matches) => matches(value));
}

function values(list: readonly unknown[]): RecordFilter {
  if (list.length === 0) throw invalidPattern("a list of values must not be empty.");
  const tests = list.map(one);
  return (value) =>
    tests.some(({ matches, ofAbsent }) => {
      if (value === undefined) return ofAbsent === true;
      if (ofAbsent !== undefined) return !ofAbsent;
      return Array.isArray(value) ? value.some(matches) : matches(value);
    });
}

interface ValueTest {
  readonly matches: RecordFilter;
  /** Of `exists`: whether the field is to be absent. */
  readonly ofAbsent?: boolean;
}

function one(wanted: unknown): ValueTest {
  if (!isObject(wanted)) return { matches: (value) => value === wanted };
  const [[name, operand] = ["", undefined], ...others] = Object.entries(wanted);
  if (others.length > 0) throw invalidPattern("a comparison has one operator.");
  if (name === "exists" && typeof operand === "boolean")
    return { matches: () => operand, ofAbsent: !operand };
  return { matches: comparison(name, operand) };
}

function comparison(name: string, operand: unknown): RecordFilter {
  switch (name) {
    case "prefix":
      return ofText(name, operand, (value, text) => value.startsWith(text));
    case "suffix":
      return ofText(name, operand, (value, text) => value.endsWith(text));
    case "equals-ignore-case":
      return ofText(name, operand, (value, text) => value.toLowerCase() === text.toLowerCase());
    case "anything-but": {
      const excluded = (Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(one);
      return (value) => !excluded.some(({ matches }) => matches(value));
    }
    case "numeric":
      return numeric(operand);
    default:
      throw invalidPattern(`the comparison "${name}" is not supported here.`);
  }
}

function ofText(
  name: string,
  operand: unknown,
  test: (value: string, text: string) => boolean,
): RecordFilter {
  if (typeof operand !== "string") throw invalidPattern(`"${name}" takes a text.`);
  return (value) => typeof value === "string" && test(value, operand);
}

const orders: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]`. */
function numeric(operand: unknown): RecordFilter {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4))
    throw invalidPattern('"numeric" takes one or two pairs of an operator and a number.');
  const pairs = [operand.slice(0, 2), operand.slice(2)].filter(({ length }) => length > 0);
  const tests = pairs.map(([operator, bound]: unknown[]) => {
    const test = orders[String(operator)];
    if (!test || typeof bound !== "number")
      throw invalidPattern('"numeric" takes =, <, <=, > or >=, each with a number.');
    return (value: number) => test(value, bound);
  });
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalidPattern(reason: string): Error {
  return invalidMapping(`Invalid filter pattern definition: ${reason}`);
}
