/** A map of the query protocol: `Attributes.entry.1.key`, `Attributes.entry.1.value`, … */
export function readMapEntries(
  form: Readonly<Record<string, string>>,
  name: string,
): Map<string, string> {
  const entries = new Map<string, string>();
  for (let index = 1; ; index++) {
    const key = form[`${name}.entry.${String(index)}.key`];
    if (key === undefined) return entries;
    entries.set(key, form[`${name}.entry.${String(index)}.value`] ?? "");
  }
}
