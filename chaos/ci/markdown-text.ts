import { plainText } from "./plain-text.ts";

/**
 * Any text as one line of a paragraph or of a table's cell in GitHub's Markdown: it stays a text and becomes
 * neither markup nor a link, a mention or a formula. Entities have no meaning but their character
 * (GitHub Flavored Markdown, 6.2), also in a cell, which a backslash would not keep together everywhere.
 */
export function inlineText(text: string): string {
  return (
    plainText(text)
      .replaceAll("\n", " ")
      .replace(/[&<>\\`*_{}[\]#|~$^]/g, entity)
      // A word joiner, which nobody sees, keeps names and addresses from becoming links.
      .replace(/@(?=\w)/g, "@\u2060")
      .replaceAll("://", `:${"/".replace(/./, entity)}/`)
      .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}${entity(".")}`)
  );
}

/** Any text as a block that is shown unchanged: its fence is longer than any within. */
export function codeBlock(text: string, language = "text"): string {
  const plain = plainText(text);
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${plain}\n${fence}`;
}

function entity(character: string): string {
  return `&#${String(character.codePointAt(0))};`;
}
