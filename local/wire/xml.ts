/**
 * A value of an AWS query-protocol answer: an object is elements, an array a list of `member`s, a
 * Map a list of `entry`s.
 */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | ReadonlyMap<string, XmlValue>
  | { readonly [name: string]: XmlValue };

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"\r]/g, (character) => entities[character] ?? character)
      // XML 1.0 has no way to write these, and a client cannot read an answer that holds them.
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd")
  );
}

/** Elements of `value` as text, without an element around them. */
export function toXml(value: XmlValue): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => `<member>${toXml(item)}</member>`).join("");
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, XmlValue>)]
      .map(([key, item]) => `<entry>${toXml({ key, value: item })}</entry>`)
      .join("");
  if (typeof value !== "object") return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([name, child]) => `<${name}>${toXml(child)}</${name}>`)
    .join("");
}
