const expression = /\{\{\s*([\w.:-]+)\s*\}\}/g;
const onlyExpression = /^\{\{\s*([\w.:-]+)\s*\}\}$/;

/** Gives the value of a name such as `Duration` or `ReadPolicy.Policy`. */
export type Lookup = (name: string) => unknown;

/**
 * Puts values in the place of `{{ name }}`, in every text within `value`. A text that is nothing but
 * one expression becomes the value itself, whatever its type; within a longer text, what is no text
 * becomes JSON. Source: Systems Manager User Guide, "Automation: using variables in runbooks".
 */
export function interpolate(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string") {
    const name = onlyExpression.exec(value)?.[1];
    if (name !== undefined) return lookup(name);
    return value.replace(expression, (_, each: string) => toText(lookup(each)));
  }
  if (Array.isArray(value)) return value.map((each) => interpolate(each, lookup));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, interpolate(each, lookup)]),
  );
}

/** Every name that `value` refers to. */
export function namesIn(value: unknown): string[] {
  const names: string[] = [];
  interpolate(value, (name) => {
    names.push(name);
    return "";
  });
  return names;
}

/** A value as the API of SSM shows it: a text as it is, anything else as JSON. */
export function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
