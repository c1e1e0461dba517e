export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const token = /<\?xml[^?]*\?>|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const entity = /&(?:#(\d+)|(amp|lt|gt|quot));/g;
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Reads the XML that is written here, and nothing that is not well-formed. */
export function parseXml(xml: string): XmlElement {
  const root = { name: "", attributes: {}, children: [] as XmlElement[], text: "" };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (!match) throw new Error(`Not well-formed at ${String(at)}: ${xml.slice(at, at + 80)}`);
    const [, isEnd, name, attributes = "", isEmpty, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += decode(text);
    else if (isEnd === "/") {
      if (parent.name !== name) throw new Error(`</${String(name)}> ends <${parent.name}>`);
      open.pop();
    } else if (name !== undefined) {
      const child = { name, attributes: readAttributes(attributes), children: [], text: "" };
      parent.children.push(child);
      if (isEmpty !== "/") open.push(child);
    }
  }
  const [element] = root.children;
  if (!element || open.length > 1) throw new Error("An element is left open.");
  return element;
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value = ""]) => {
      if (/[\n\t\r]/.test(value)) throw new Error(`${String(name)} has a line end`);
      return [name, decode(value)];
    }),
  );
}

function decode(text: string): string {
  if (/&(?!#\d+;|(?:amp|lt|gt|quot);)/.test(text)) throw new Error(`A bare ampersand: ${text}`);
  // Char of XML 1.0, 2.2.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error(`A character that XML does not have: ${JSON.stringify(text)}`);
  return text.replace(entity, (_, code?: string, name = "") =>
    code === undefined ? (named[name] ?? "") : String.fromCodePoint(Number(code)),
  );
}
