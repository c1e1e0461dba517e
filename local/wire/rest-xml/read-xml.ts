/** An element without its attributes, and without the prefixes of namespaces. */
export interface XmlElement {
  readonly name: string;
  /** The text between its tags, that of children left out. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** Deeper than any input of an AWS service. */
const maxDepth = 64;

const token =
  /<!\[CDATA\[(?<data>[^]*?)\]\]>|<!--[^]*?-->|<\?[^]*?\?>|<(?<close>\/)?(?<name>[\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/)?>|(?<text>[^<]+)/y;

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/** The root element of a document; `undefined` for a text that is none, or that has a DOCTYPE. */
export function readXml(document: string): XmlElement | undefined {
  const top: OpenElement = { name: "", text: "", children: [] };
  const open = [top];
  const source = document.replace(/^\uFEFF/, "");
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const found = token.exec(source);
    const inside = open.at(-1);
    if (!found || !inside) return undefined;
    const { data, close, name, empty, text } = found.groups ?? {};
    if (data !== undefined) inside.text += data;
    else if (text !== undefined) {
      const plain = decodeEntities(text);
      if (plain === undefined) return undefined;
      inside.text += plain;
    } else if (name !== undefined) {
      const local = name.slice(name.indexOf(":") + 1);
      if (close !== undefined) {
        if (open.length === 1 || inside.name !== local) return undefined;
        open.pop();
      } else {
        const element: OpenElement = { name: local, text: "", children: [] };
        inside.children.push(element);
        if (empty === undefined && open.push(element) > maxDepth) return undefined;
      }
    }
  }
  const [root, ...others] = top.children;
  return open.length === 1 && others.length === 0 && top.text.trim() === "" ? root : undefined;
}

function decodeEntities(text: string): string | undefined {
  if (!text.includes("&")) return text;
  let isWrong = false;
  const plain = text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{2,4}));|&/g, (...found) => {
    const [, decimal, hexadecimal, named] = found as (string | undefined)[];
    const code = decimal ?? (hexadecimal === undefined ? undefined : `0x${hexadecimal}`);
    const value =
      code !== undefined
        ? characterOf(Number(code))
        : named !== undefined && Object.hasOwn(entities, named)
          ? entities[named]
          : undefined;
    if (value === undefined) isWrong = true;
    return value ?? "";
  });
  return isWrong ? undefined : plain;
}

function characterOf(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
