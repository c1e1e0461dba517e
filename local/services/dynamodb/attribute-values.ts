/** In the order in which dynalite looks for them. */
const types = ["S", "B", "N", "BOOL", "NULL", "BS", "NS", "SS", "L", "M"] as const;
type ValueType = (typeof types)[number];

const known: ReadonlySet<string> = new Set(types);

/** What dynalite makes of a value of one type, or throws at it. */
export type CheckSlowly = (value: unknown) => unknown;

/**
 * An attribute value as dynalite's own check of types would give it back, in a fraction of the time:
 * what is plainly right stays, and only what is not goes to `check`, without what stands in it.
 */
export function checkValue(value: unknown, check: CheckSlowly): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value !== "object" || Array.isArray(value)) return check(value);
  const given = value as Record<string, unknown>;
  const [type, ...others] = Object.keys(given);
  if (type !== undefined && others.length === 0 && known.has(type) && isGiven(given[type])) {
    given[type] = checkContent(type as ValueType, given[type], check);
    return given;
  }
  const result: Record<string, unknown> = {};
  for (const each of types)
    if (isGiven(given[each])) result[each] = checkContent(each, given[each], check);
  return result;
}

/** The same for the values of a map, such as an item; changes it. */
export function checkValues(
  values: Record<string, unknown>,
  check: CheckSlowly,
): Record<string, unknown> {
  for (const name of Object.keys(values)) values[name] = checkValue(values[name], check);
  return values;
}

function checkContent(type: ValueType, content: unknown, check: CheckSlowly): unknown {
  switch (type) {
    case "S":
    case "N":
      if (typeof content === "string") return content;
      break;
    case "BOOL":
    case "NULL":
      if (typeof content === "boolean") return content;
      break;
    case "SS":
    case "NS":
      if (Array.isArray(content) && content.every((each) => typeof each === "string"))
        return content;
      break;
    case "L":
      if (!Array.isArray(content)) break;
      for (let index = 0; index < content.length; index++)
        content[index] = checkValue(content[index], check);
      return content;
    case "M":
      if (typeof content !== "object" || content === null || Array.isArray(content)) break;
      return checkValues(content as Record<string, unknown>, check);
    default:
      break;
  }
  return (check({ [type]: content }) as Record<string, unknown>)[type];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
