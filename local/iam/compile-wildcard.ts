/** Name of a policy variable, in lower case, → its value in this request. */
export type ResolveVariable = (name: string) => string | undefined;
export type WildcardMatcher = (text: string, resolve?: ResolveVariable) => boolean;

export interface WildcardOptions {
  /** Whether `*` and `?` mean something; they do unless said otherwise. */
  readonly wildcards?: boolean;
  readonly ignoreCase?: boolean;
  /** Whether `${aws:username}` is a policy variable. */
  readonly variables?: boolean;
  /**
   * Whether a wildcard stays within its colon-separated segment, except a `*` that ends one.
   * Source: IAM User Guide, "IAM JSON policy elements: Resource".
   */
  readonly segments?: boolean;
}

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "one" }
  | { readonly kind: "many"; readonly crossesSegments: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly fallback: string | undefined };

/**
 * A matcher of whole strings. A pattern with a variable that has neither a value nor a default
 * matches nothing. Takes time proportional to pattern × text, whatever the pattern.
 */
export function compileWildcard(pattern: string, options: WildcardOptions = {}): WildcardMatcher {
  const { ignoreCase = false, segments = false } = options;
  const tokens = tokenize(ignoreCase ? pattern.toLowerCase() : pattern, options);
  const only = tokens[0];
  if (tokens.length === 0) return (text) => text === "";
  if (tokens.length === 1 && only?.kind === "text")
    return (text) => (ignoreCase ? text.toLowerCase() : text) === only.text;
  if (tokens.length === 1 && only?.kind === "many" && only.crossesSegments) return () => true;
  return (text, resolve) =>
    matchTokens(tokens, ignoreCase ? text.toLowerCase() : text, { resolve, ignoreCase, segments });
}

function tokenize(pattern: string, options: WildcardOptions): Token[] {
  const { wildcards = true, variables = false, segments = false } = options;
  const parts =
    pattern.match(variables ? /\$\{[^}]{0,512}\}|[*?]|[^*?$]+|\$/g : /[*?]|[^*?]+/g) ?? [];
  const tokens: Token[] = [];
  let end = 0;
  for (const part of parts) {
    end += part.length;
    const next = pattern[end];
    if (wildcards && part === "*")
      tokens.push({
        kind: "many",
        crossesSegments: !segments || next === undefined || next === ":",
      });
    else if (wildcards && part === "?") tokens.push({ kind: "one" });
    else if (variables && part.startsWith("${")) tokens.push(readVariable(part.slice(2, -1)));
    else tokens.push({ kind: "text", text: part });
  }
  return joinTexts(tokens);
}

/** `aws:username`, `aws:PrincipalTag/team, 'none'`, and the three escapes `*`, `?` and `$`. */
function readVariable(inner: string): Token {
  if (inner === "*" || inner === "?" || inner === "$") return { kind: "text", text: inner };
  const comma = inner.indexOf(",");
  const name = (comma < 0 ? inner : inner.slice(0, comma)).trim().toLowerCase();
  const fallback = comma < 0 ? undefined : /^\s*'(.*)'\s*$/.exec(inner.slice(comma + 1))?.[1];
  return { kind: "variable", name, fallback };
}

function joinTexts(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.kind === "text" && last?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: last.text + token.text };
    else joined.push(token);
  }
  return joined;
}

interface MatchOptions {
  readonly resolve: ResolveVariable | undefined;
  readonly ignoreCase: boolean;
  readonly segments: boolean;
}

/** Walks the tokens with every position of the text at which the pattern may stand so far. */
function matchTokens(
  tokens: readonly Token[],
  text: string,
  { resolve, ignoreCase, segments }: MatchOptions,
): boolean {
  let positions: readonly number[] = [0];
  for (const token of tokens) {
    switch (token.kind) {
      case "many":
        positions = spread(positions, text, token.crossesSegments);
        break;
      case "one":
        positions = positions
          .filter((at) => at < text.length && !(segments && text[at] === ":"))
          .map((at) => at + 1);
        break;
      default: {
        const value =
          token.kind === "text" ? token.text : (resolve?.(token.name) ?? token.fallback);
        if (value === undefined) return false;
        const part = ignoreCase ? value.toLowerCase() : value;
        positions = positions
          .filter((at) => text.startsWith(part, at))
          .map((at) => at + part.length);
      }
    }
    if (positions.length === 0) return false;
  }
  return positions.at(-1) === text.length;
}

/** Every position that a `*` can reach from `starts`, which ascend. */
function spread(starts: readonly number[], text: string, crossesSegments: boolean): number[] {
  const reached: number[] = [];
  let next = 0;
  for (const start of starts) {
    const colon = crossesSegments ? -1 : text.indexOf(":", start);
    const last = colon < 0 ? text.length : colon;
    for (next = Math.max(next, start); next <= last; next++) reached.push(next);
  }
  return reached;
}
