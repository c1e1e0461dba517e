/** The names of the variables in a template, such as `id` of `{"a": <id>}`. */
export function variablesIn(template: string): string[] {
  return [...template.matchAll(variable)].map(([, name = ""]) => name);
}

const variable = /<([A-Za-z0-9_.-]+)>/g;

/**
 * A template with its variables filled in. A variable stands for its JSON value; within a string, for
 * its text. One without a value leaves an empty text in a string, and null outside of one.
 * Source: EventBridge User Guide, "Amazon EventBridge input transformation".
 */
export function applyTemplate(template: string, values: ReadonlyMap<string, unknown>): string {
  let isInString = false;
  let filled = "";
  let end = 0;
  for (const found of template.matchAll(variable)) {
    const before = template.slice(end, found.index);
    isInString = isInString !== hasOddQuotes(before);
    filled += before + textOf(values.get(found[1] ?? ""), isInString);
    end = found.index + found[0].length;
  }
  return filled + template.slice(end);
}

function textOf(value: unknown, isInString: boolean): string {
  if (!isInString) return JSON.stringify(value ?? null);
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** Whether the quotes of a text, without escaped ones, leave a string open that was not, or close it. */
function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = 0; at < text.length; at++)
    if (text[at] === "\\") at++;
    else if (text[at] === '"') isOdd = !isOdd;
  return isOdd;
}
