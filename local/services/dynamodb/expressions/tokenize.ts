/** A piece of an expression between spaces. */
export interface Token {
  readonly kind: "word" | "name" | "value" | "comparator" | "open" | "close" | "other";
  readonly text: string;
  /** Where it begins in the expression. */
  readonly at: number;
}

const kinds = /([A-Za-z_]\w*)|(#\w*)|(:\w*)|(<=|>=|<>|[<>=])|(\()|(\))|\d+|[^\s]/gu;

/** The tokens of any of DynamoDB's expressions, also of one that is not valid. */
export function tokenize(expression: string): Token[] {
  return Array.from(expression.matchAll(kinds), (found) => ({
    kind: kindOf(found),
    text: found[0],
    at: found.index,
  }));
}

function kindOf([, word, name, value, comparator, open, close]: RegExpExecArray): Token["kind"] {
  if (word !== undefined) return "word";
  if (name !== undefined) return "name";
  if (value !== undefined) return "value";
  if (comparator !== undefined) return "comparator";
  if (open !== undefined) return "open";
  return close === undefined ? "other" : "close";
}

/** Whether a token is this word, in any case of letters, as DynamoDB reads its keywords. */
export function isKeyword(token: Token | undefined, ...keywords: readonly string[]): boolean {
  return token?.kind === "word" && keywords.includes(token.text.toUpperCase());
}
