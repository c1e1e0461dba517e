/** HTML or SVG that may go into a page unescaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Markup | undefined | false | readonly Content[];

/**
 * A template whose values are escaped, in text and in quoted attributes, unless they are markup. Lists
 * are joined; `undefined` and `false` are left out.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  // What indents the source would be a third of the page.
  const parts = strings.map(
    (part, index) => part.replace(/\s*\n\s*/g, "\n") + toText(values[index]),
  );
  return new Markup(parts.join(""));
}

function toText(value: Content): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(toText).join("");
  return escape(String(value));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What HTML does not allow (most control characters, halves of surrogate pairs) is replaced by U+FFFD. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
