/** Attributes of an element; those without a value are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An XML element. Children are elements; a text goes through `xmlText` first. */
export function element(name: string, attributes: Attributes, children = ""): string {
  const list = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attribute(String(value))}"`],
  );
  const start = `<${name}${list.join("")}`;
  return children === "" ? `${start}/>` : `${start}>${children}</${name}>`;
}

/** Any text as the content of an element. */
export function xmlText(text: string): string {
  return allowed(text).replace(/[&<>]/g, (character) => entities[character] ?? character);
}

/** A parser makes spaces of the line ends in an attribute, unless they are references. */
function attribute(text: string): string {
  return xmlText(text).replace(/["\n\r\t]/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** Without characters that no XML 1.0 document may hold, not even as references (section 2.2). */
function allowed(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "�");
}
