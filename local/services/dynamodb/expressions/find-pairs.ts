import { unexpected } from "./expression-error.ts";
import { isKeyword, type Token } from "./tokenize.ts";

export interface Pairs {
  /** Index of a parenthesis → index of its other one. */
  readonly partner: readonly (number | undefined)[];
  /** Whether there is a pair directly around another one, which DynamoDB refuses as redundant. */
  readonly isRedundant: boolean;
  /** Parentheses that say nothing: redundant ones, and those around the head of a path. */
  readonly dropped: ReadonlySet<number>;
}

/** Which parentheses belong together. Throws an ExpressionSyntaxError where one has no other. */
export function findPairs(tokens: readonly Token[]): Pairs {
  const partner: (number | undefined)[] = [];
  const dropped = new Set<number>();
  let isRedundant = false;
  const open: number[] = [];
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === "open") {
      open.push(index);
    } else if (kind === "close") {
      const start = open.pop();
      if (start === undefined) throw unexpected(tokens, index);
      partner[start] = index;
      partner[index] = start;
      if (isCall(tokens, start)) continue;
      const isDouble = tokens[start + 1]?.kind === "open" && partner[start + 1] === index - 1;
      if (isDouble || isHeadOfPath(tokens, start, index)) dropped.add(start).add(index);
      isRedundant ||= isDouble;
    }
  }
  if (open.length > 0) throw unexpected(tokens, tokens.length);
  return { partner, isRedundant, dropped };
}

/** Whether an opening parenthesis begins the arguments of a function or of IN. */
function isCall(tokens: readonly Token[], open: number): boolean {
  const before = tokens[open - 1];
  return before?.kind === "word" && !isKeyword(before, "AND", "OR", "NOT", "BETWEEN");
}

/** `(a.b)` in `((a.b).c)`: only there do parentheses stand within a path. */
function isHeadOfPath(tokens: readonly Token[], open: number, close: number): boolean {
  if (!/^[.[]$/.test(tokens[close + 1]?.text ?? "")) return false;
  if (tokens[open - 1]?.kind !== "open" || isCall(tokens, open - 1)) return false;
  return tokens.slice(open, close).every(({ text }) => /^(?:[.[\]()]|#?\w+)$/.test(text));
}
